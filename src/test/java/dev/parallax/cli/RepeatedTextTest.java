package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many people say "Thank you!". A test utterance whose words also occur in the training part stays in the test
/// part, and a note beside the scores reports it.
class RepeatedTextTest {

    @TempDir
    private Path folder;

    @Test
    void evaluate_wordsThatAreInTheTrainingPartToo_areScoredAndSaid() throws IOException {
        StringBuilder csv = new StringBuilder("text,emotion,split\n");
        for (int i = 0; i < 12; i++) {
            String part = i < 6 ? "train" : i < 8 ? "val" : "test";
            csv.append(i % 2 == 0 ? "Thank you!,joy," : "words of " + i + ",fear,")
                    .append(part)
                    .append('\n');
        }
        String corpus = "manifest:" + Files.writeString(folder.resolve("m.csv"), csv);
        String run = folder.resolve("run").toString();
        Outcome trained = Outcome.of(
                "train",
                "--corpus",
                corpus,
                "--out",
                run,
                "--set",
                "training.epochs=1",
                "--set",
                "network.embedding=4",
                "--set",
                "network.text.hidden=4",
                "--set",
                "network.text.heads=1");
        assertEquals(0, trained.code(), trained.err());
        Outcome test = Outcome.of("evaluate", "--model", run, "--corpus", corpus, "--json");
        assertEquals(0, test.code(), test.err());
        assertEquals(0, test.json().integer("seenInTraining"));
        assertTrue(
                test.err()
                        .contains("warning: 2 of these 4 utterances say word for word what others say in the training"),
                test.err());
        Outcome all = Outcome.of("evaluate", "--model", run, "--corpus", corpus, "--split", "all");
        assertEquals(2, all.code());
        assertTrue(all.err().contains("by 8 of these 12 utterances"), all.err());
    }
}
