package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.split.Sex;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is special to RAVDESS, CREMA-D, SAVEE and TESS.
class ActedCorporaTest {

    @TempDir
    private Path folder;

    private Corpus corpus(String kind) {
        Miniature miniature = Miniature.all().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        return Corpora.open(miniature.at(folder));
    }

    @Test
    void ravdess_published_hasTheCountsOfThePaper() {
        List<Utterance> clips = RavdessCorpus.published().stream()
                .map(name -> Objects.requireNonNull(RavdessCorpus.utterance(Path.of(name + ".wav")), name))
                .toList();
        assertEquals(1440, clips.size());
        Map<String, Long> emotions =
                clips.stream().collect(Collectors.groupingBy(Utterance::emotion, Collectors.counting()));
        assertEquals(96, emotions.remove("neutral"));
        assertEquals(7, emotions.size());
        emotions.forEach((emotion, count) -> assertEquals(192, count, emotion));
        for (String wrong : List.of("02-01-01-01-01-01-01", "03-01-01-02-01-01-01", "03-01-09-01-01-01-01", "")) {
            assertNull(RavdessCorpus.utterance(Path.of(wrong + ".wav")), wrong);
        }
    }

    @Test
    void ravdess_miniature_tellsSexBySentenceAndActor() {
        Corpus corpus = corpus("ravdess");
        Utterance utterance = corpus.utterances().getLast();
        assertEquals("fear", utterance.emotion());
        assertEquals("02", utterance.speaker());
        assertEquals("Dogs are sitting by the door.", utterance.text());
        assertEquals(Sex.FEMALE, corpus.sexes().get("02"));
        assertEquals(Sex.MALE, corpus.sexes().get("01"));
        assertTrue(corpus.verify()
                .lines()
                .contains("note extra: 1 song is not read, only speech is: 03-02-03-01-01-01-01"));
    }

    @Test
    void cremad_scheme_hasTwentyNamesMoreThanWerePublished() {
        List<String> possible = CremaDCorpus.possible();
        assertEquals(7442 + 20, new HashSet<>(possible).size());
        possible.forEach(name -> Objects.requireNonNull(CremaDCorpus.utterance(Path.of(name + ".wav")), name));
        assertTrue(possible.contains("1040_ITH_SAD_X"));
        assertEquals(91, corpus("cremad").sexes().size());
        assertEquals(
                43,
                corpus("cremad").sexes().values().stream()
                        .filter(sex -> sex == Sex.FEMALE)
                        .count());
    }

    @Test
    void cremad_silentClip_isKnown() {
        List<String> lines = corpus("cremad").verify().lines();
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("note silent: 1076_MTI_SAD_XX: ")), lines.toString());
        assertFalse(lines.toString().contains("error silent"), lines.toString());
    }

    @Test
    void cremad_pointers_areOneLine() throws Exception {
        corpus("cremad");
        for (Path file : Listing.files(folder.resolve("CREMA-D/AudioWAV"), ".wav")) {
            Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        }
        List<String> lines = Corpora.open("cremad:" + folder.resolve("CREMA-D")).verify().lines().stream()
                .filter(line -> line.contains("git-lfs"))
                .toList();
        assertEquals(
                List.of("error pointer: 4 of 4 files are git-lfs pointers, not recordings; run `git lfs pull` in the"
                        + " corpus's repository: 1001_DFA_ANG_XX, 1002_IEO_HAP_HI, 1040_ITH_SAD_X, 1076_MTI_SAD_XX"),
                lines);
    }

    @Test
    void savee_allInOneFolder_isTheSame() {
        Miniature.clip(folder.resolve("ALL/DC_d03.wav"), 44100);
        Miniature.clip(folder.resolve("ALL/KL_su15.wav"), 44100);
        Miniature.clip(folder.resolve("ALL/d04.wav"), 44100);
        Corpus flat = Corpora.open("savee:" + folder.resolve("ALL"));
        assertEquals(
                corpus("savee").utterances().stream().map(Utterance::emotion).toList(),
                flat.utterances().stream().map(Utterance::emotion).toList());
        assertEquals(
                List.of("DC", "KL"),
                flat.utterances().stream().map(Utterance::speaker).toList());
        assertTrue(
                flat.verify().lines().toString().contains("d04.wav is no name of SAVEE's"), "the speaker is not known");
    }

    @Test
    void tess_words_areMissingInTheOtherEmotions() {
        Corpus corpus = corpus("tess");
        Utterance bite = corpus.utterances().get(1);
        assertEquals("OAF", bite.speaker());
        assertEquals("Say the word bite.", bite.text());
        assertEquals("surprise", corpus.utterances().get(2).emotion());
        List<String> lines = corpus.verify().lines();
        assertTrue(lines.contains("error missing: OAF_back_disgust.wav is not there; copy it from the archive again"));
        assertTrue(lines.contains("error count: the corpus has 2 words, published are 200"), lines.toString());
    }

    @Test
    void open_sameNameInTwoFolders_isReadOnce() {
        Miniature.clip(folder.resolve("TESS/again/OAF_back_angry.wav"), 24414);
        Corpus corpus = corpus("tess");
        assertEquals(3, corpus.utterances().size());
        assertTrue(corpus.verify()
                .lines()
                .contains("warning extra: 1 name is there a second time and not read again; delete one of the two:"
                        + " OAF_back_angry"));
    }

    /// What is said of the published corpus alone is not said of a copy that is otherwise.
    @Test
    void notes_copiesThatLackSomething_sayNothingOfIt() throws IOException {
        assertTrue(corpus("cremad").notes().stream().anyMatch(note -> note.contains("is silent")));
        Files.delete(folder.resolve("CREMA-D/AudioWAV/1076_MTI_SAD_XX.wav"));
        assertTrue(CremaDCorpus.open(folder.resolve("CREMA-D")).notes().stream()
                .noneMatch(note -> note.contains("is silent")));
        assertTrue(corpus("ravdess").notes().stream().noneMatch(note -> note.contains("half as many")));
    }
}
