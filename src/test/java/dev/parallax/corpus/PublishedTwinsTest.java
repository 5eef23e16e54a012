package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.corpus.recordings.PublishedCopies;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings that a corpus publishes under two names, in miniature copies with the published names.
class PublishedTwinsTest {

    private static final List<String> RAVDESS = List.of("03-01-03-01-02-01-07", "03-01-03-01-02-02-07");

    @TempDir
    private Path folder;

    private void clip(String file, int number, int rate) {
        Clips.write(folder.resolve(file), new Audio(Clips.noise(number, 0.7).samples(), rate));
    }

    /// Half of an actor, in which two names have one sound.
    private Corpus ravdess() {
        int number = 0;
        for (String name : RavdessCorpus.published()) {
            if (name.endsWith("-07") && name.startsWith("03-01-0") && number < 30) {
                clip("Actor_07/" + name + ".wav", name.equals(RAVDESS.getLast()) ? 500 : ++number, 48000);
            }
        }
        clip("Actor_07/" + RAVDESS.getFirst() + ".wav", 500, 48000);
        return Corpora.open("ravdess:" + folder);
    }

    private static List<Finding> duplicates(Corpus corpus) {
        return corpus.verify().findings().stream()
                .filter(finding -> finding.kind().equals("duplicate"))
                .toList();
    }

    @Test
    void ravdess_twin_isANoteAndStaysInOnePartOfEveryRandomSplit() {
        Corpus corpus = ravdess();
        List<Finding> duplicates = duplicates(corpus);
        assertEquals(1, duplicates.size(), duplicates::toString);
        assertEquals(Severity.NOTE, duplicates.getFirst().severity());
        assertEquals(
                RAVDESS.getLast() + " is the same recording as " + RAVDESS.getFirst()
                        + ", which was published twice; both stay in one part",
                duplicates.getFirst().message());
        for (int seed = 0; seed < 20; seed++) {
            Split split = new UtteranceSplitter(corpus.utterances(), corpus.sexes(), seed).random();
            assertFalse(split.how().contains(Split.SAME_SOUND), split.how());
            long parts = Stream.of(Part.values())
                    .filter(part -> split.members(part).stream().anyMatch(member -> RAVDESS.contains(member.id())))
                    .count();
            assertEquals(1, parts, "seed " + seed);
        }
    }

    @Test
    void ravdess_otherCopies_areErrors() {
        ravdess();
        clip("Actor_07/03-01-01-01-01-02-07.wav", 1, 48000);
        List<Finding> duplicates = duplicates(Corpora.open("ravdess:" + folder));
        assertEquals(
                List.of(Severity.ERROR, Severity.NOTE),
                duplicates.stream().map(Finding::severity).toList(),
                duplicates::toString);
    }

    @Test
    void cremad_twinsUnderTwoLabels_areNotesAndContradict() {
        List<String> names = List.of(
                "1006_TIE_HAP_XX",
                "1006_TIE_NEU_XX",
                "1013_WSI_DIS_XX",
                "1013_WSI_SAD_XX",
                "1017_IWW_ANG_XX",
                "1017_IWW_FEA_XX");
        for (int i = 0; i < names.size(); i++) {
            clip("AudioWAV/" + names.get(i) + ".wav", i / 2, 16000);
        }
        clip("AudioWAV/1001_DFA_ANG_XX.wav", 9, 16000);
        clip("AudioWAV/1002_DFA_SAD_XX.wav", 9, 16000);
        Corpus corpus = Corpora.open("cremad:" + folder);
        List<Finding> duplicates = duplicates(corpus);
        assertEquals(4, duplicates.size(), duplicates::toString);
        assertTrue(duplicates.getFirst().message().startsWith("1002_DFA_SAD_XX"), "the one that was not published");
        assertEquals(Severity.ERROR, duplicates.getFirst().severity());
        for (Finding published : duplicates.subList(1, 4)) {
            assertEquals(Severity.NOTE, published.severity());
            assertTrue(
                    published
                            .message()
                            .endsWith(", which was published twice under another label; neither is learned"
                                    + " from or scored"),
                    published.message());
        }
        SoundCopies copies = SoundCopies.exact(corpus.utterances());
        PublishedCopies published = corpus.publishedCopies();
        assertEquals(Set.copyOf(names), published.contradicting(copies));
        List<Utterance> other = new ArrayList<>(corpus.utterances());
        other.removeIf(utterance -> Objects.requireNonNull(utterance.emotion()).equals("disgust"));
        assertEquals(4, published.contradicting(copies.within(other)).size(), "a label that is not used");
    }

    @Test
    void prefixed_ofSeveralCorpora_knowsTheirIds() {
        SoundCopies copies = SoundCopies.exact(ravdess().utterances().stream()
                .map(utterance -> utterance.withId("ravdess1/" + utterance.id()))
                .toList());
        PublishedCopies published =
                PublishedCopies.NONE.and(new PublishedCopies(List.of(Set.copyOf(RAVDESS))).prefixed("ravdess1/"));
        assertTrue(published.know(copies.copies().getFirst()));
    }
}
