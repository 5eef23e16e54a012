package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a number is shown that was won on speech that no person spoke, this is said with it, and it goes where the
/// corpus and the model go.
class SyntheticSpeechLabelTest {

    private static final String LABEL = "made by rules, not spoken";
    private static final String NOTE = LABEL + ": its accuracies say nothing about people's voices";
    private static final String OF_MODEL = "the model was trained on speech that no person spoke: manifest: " + LABEL;

    @TempDir
    static Path folder;

    private static TrainedRun made;

    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
    }

    private static Outcome quiet(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--quiet", "--cache", made.cache()));
        Outcome outcome = Outcome.of(all.toArray(new String[0]));
        assertEquals(0, outcome.code(), outcome.err());
        return outcome;
    }

    @Test
    void train_quiet_saysItWithTheScores() {
        String out = folder.resolve("quiet").toString();
        String epochs = "training.epochs=1";
        String[] args = {
            "train", "--corpus", made.manifest(), "--modalities", "text", "--set", epochs, "--out", out, "--as-recorded"
        };
        assertTrue(quiet(args).out().contains("manifest: " + NOTE));
    }

    @Test
    void evaluate_quiet_saysItWithTheScores() {
        Outcome scored = quiet(
                "evaluate", "--model", made.run().toString(), "--corpus", made.manifest(), "--labels", "joy,fear");
        assertTrue(scored.out().contains("manifest: " + NOTE), scored.out());
    }

    @Test
    void study_quiet_saysItWithTheScoresAndInItsTable() {
        Path out = folder.resolve("study");
        String[] args = {
            "study",
            "--corpus",
            made.manifest(),
            "--fusions",
            "text",
            "--losses",
            "fused",
            "--seeds",
            "1",
            "--set",
            "training.epochs=1",
            "--baselines",
            "none",
            "--out",
            out.toString(),
            "--modalities",
            "text"
        };
        assertTrue(quiet(args).out().contains("manifest: " + NOTE));
        Csv results = Csv.read(out.resolve("results.csv"));
        assertEquals("manifest: " + LABEL, results.rows().getFirst().get("syntheticSpeech"));
    }

    @Test
    void predict_modelOfSyntheticSpeech_saysItOnce() {
        for (String[] words : List.of(new String[] {"--text", "so glad"}, new String[] {
            "--manifest", made.corpus().resolve("manifest.csv").toString()
        })) {
            Outcome predicted = made.predict(words);
            assertEquals(0, predicted.code(), predicted.err());
            assertEquals(
                    1,
                    predicted
                            .err()
                            .lines()
                            .filter(line -> line.contains(OF_MODEL))
                            .count(),
                    predicted.err());
        }
    }

    @Test
    void corpus_verifyAndStats_sayItOnStdout() {
        assertTrue(quiet("corpus", "verify", made.manifest()).out().contains("note speech: " + NOTE));
        Outcome stats = Outcome.of("corpus", "stats", made.manifest(), "--quiet");
        assertTrue(stats.out().contains(NOTE), stats.out());
        Outcome json = Outcome.of("corpus", "stats", made.manifest(), "--json");
        assertEquals(List.of(LABEL), json.json().array("syntheticSpeech").texts());
    }

    @Test
    void manifestThatWasCopied_keepsIt() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path copy = Files.copy(made.corpus().resolve("manifest.csv"), elsewhere.resolve("qq.csv"));
        Outcome stats = stats(copy);
        assertTrue(stats.out().contains(NOTE), stats.out());
        assertFalse(stats.err().contains("is not read"), stats.err());
    }

    /// A manifest that has no column for it, as those of former versions.
    @Test
    void manifestWithoutTheColumn_hasItFromTheFolderOfItsRecordings() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Path table = other.resolve("old.csv");
        List<List<String>> rows = new ArrayList<>();
        for (Csv.Row row : Csv.read(made.corpus().resolve("manifest.csv")).rows()) {
            rows.add(List.of(row.get("id"), row.get("audio"), row.get("emotion")));
        }
        Csv.write(table, List.of("id", "audio", "emotion"), rows);
        assertTrue(stats(table).out().contains(NOTE));
        Path beside = Files.copy(table, made.corpus().resolve("old.csv"));
        assertTrue(Outcome.of("corpus", "stats", "manifest:" + beside).out().contains(NOTE));
    }

    private static Outcome stats(Path table) {
        return Outcome.of(
                "corpus", "stats", "manifest:" + table, "--root", made.corpus().toString());
    }
}
