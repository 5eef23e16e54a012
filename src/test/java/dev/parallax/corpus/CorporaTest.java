package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.data.Utterance;
import dev.parallax.io.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorporaTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(classes = {EmbeddedCorpus.class, EmoDbCorpus.class, FeaturesCorpus.class, ManifestCorpus.class})
    void open_everyKind_givesWhatEveryCorpusOwes(Class<?> kind) throws IOException {
        assertEquals(4, Corpus.class.getPermittedSubclasses().length);
        assertEquals(4, Corpora.KINDS.size());
        Clips.write(folder.resolve("wav/03a01Fa.wav"), Clips.noise(1, 0.5));
        Path manifest = Files.writeString(folder.resolve("m.csv"), "audio,emotion\nwav/03a01Fa.wav,joy\n");
        Files.writeString(folder.resolve("utterances.csv"), "emotion,dialogue\njoy,d\nfear,d\n");
        Npy.write(folder.resolve("text.npy"), new int[] {2, 3}, new float[6]);
        Corpus corpus = Corpora.open(
                kind == EmbeddedCorpus.class
                        ? "synthetic:7"
                        : kind == EmoDbCorpus.class
                                ? "emodb:" + folder
                                : kind == FeaturesCorpus.class ? "features:" + folder : "manifest:" + manifest);
        assertInstanceOf(kind, corpus);
        assertTrue(Corpora.KINDS.stream().anyMatch(place -> place.startsWith(corpus.name() + ":")));
        List<Utterance> utterances = corpus.utterances();
        assertEquals(
                utterances.size(),
                utterances.stream().map(Utterance::id).distinct().count());
        for (Utterance utterance : utterances) {
            corpus.labels().index(String.valueOf(utterance.emotion()), utterance.id());
        }
        assertEquals(
                utterances.size(),
                Corpora.open(place(corpus, manifest)).utterances().size());
    }

    private String place(Corpus corpus, Path manifest) {
        return switch (corpus) {
            case EmbeddedCorpus embedded -> "synthetic:" + embedded.settings().seed();
            case EmoDbCorpus _ -> "emodb:" + folder.resolve("wav");
            case FeaturesCorpus _ -> "features:" + folder;
            case ManifestCorpus _ -> "manifest:" + manifest;
        };
    }

    @Test
    void open_wrongPlace_saysHowToWriteIt() {
        String kinds = "[emodb:DIR, features:DIR, manifest:FILE.csv, synthetic:SEED]";
        Map.of(
                        "my.csv",
                                "--corpus: \"my.csv\" names no kind; write KIND:PATH, one of " + kinds
                                        + "; did you mean \"manifest:my.csv\"?",
                        "emobd:x",
                                "--corpus: there is no kind \"emobd\"; write one of " + kinds
                                        + "; did you mean \"emodb\"?",
                        "emodb:", "--corpus: nothing stands after \"emodb:\"; write one of " + kinds,
                        "synthetic:x", "--corpus: synthetic:x: the seed must be a whole number")
                .forEach((place, message) -> assertEquals(message, Refusal.of(() -> Corpora.open(place))));
        assertTrue(Refusal.of(() -> Corpora.open("manifest:" + folder.resolve("absent.csv")))
                .contains("no such file"));
    }

    @Test
    void statistics_manifest_countsEverything() throws IOException {
        Clips.write(folder.resolve("a.wav"), Clips.noise(1, 0.5));
        Clips.write(folder.resolve("b.wav"), Clips.noise(2, 1.5));
        String csv = """
                audio,text,emotion,speaker,session,script
                a.wav,one two,joy,anna,s1,x
                b.wav,one  two three,joy,,,y
                ,one two,fear,anna,s1,x
                """;
        Path manifest = Files.writeString(folder.resolve("m.csv"), csv);
        Statistics statistics = Statistics.of(Corpora.open("manifest:" + manifest));
        assertEquals(Map.of("fear", 1, "joy", 2), statistics.emotions());
        assertEquals(Map.of("(unknown)", 1, "anna", 2), statistics.speakers());
        assertEquals(Map.of("s1", 2), statistics.sessions());
        assertEquals(0, statistics.dialogues());
        assertEquals(2, statistics.scripts());
        assertEquals(Map.of(16000, 2), statistics.sampleRates());
        assertEquals(1.0, statistics.medianSeconds(), 1e-9);
        assertEquals(7, statistics.words());
        assertEquals(2, statistics.differentTexts());
        assertEquals(
                "durations    0.50 s shortest, 1.00 s median, 1.50 s longest, 0.0 min in all",
                statistics.lines().get(5));
        assertEquals(1.5, statistics.toJson().object("seconds").number("max"), 1e-9);
    }
}
