package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How two models differ.
class DiffCommandTest {

    @TempDir
    static Path folder;

    private static TrainedRun made;
    private static Path other;

    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
        other = folder.resolve("other");
        Outcome trained = made.train(other, "--set", "training.learningRate=0.01");
        assertEquals(0, trained.code(), trained.err());
    }

    private static Outcome diff(String... more) {
        String[] args = new String[more.length + 1];
        args[0] = "diff";
        System.arraycopy(more, 0, args, 1, more.length);
        return Outcome.of(args);
    }

    @Test
    void diff_modelWithItself_isTheSame() {
        Outcome outcome = diff(made.run().toString(), made.run().toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().startsWith("the same file, bit for bit"), outcome.out());
    }

    @Test
    void diff_otherLearningRate_showsItAndTheWeights() {
        Outcome outcome = diff(made.run().toString(), other.toString());
        assertEquals(1, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("run.training.learningRate: 0.001 against 0.01"), outcome.out());
        assertTrue(outcome.out().contains("the same utterances in the same parts"), outcome.out());
        assertTrue(outcome.out().contains("text.head.weight: largest difference"), outcome.out());
        JsonObject json =
                diff(made.run().toString(), other.toString(), "--json").json();
        assertFalse(json.flag("sameWeights"));
        assertTrue(json.array("weights").size() > 5);
    }

    @Test
    void diff_onACorpus_comparesDecisions() {
        JsonObject json = diff(
                        made.run().toString(),
                        other.toString(),
                        "--corpus",
                        made.manifest(),
                        "--cache",
                        made.cache(),
                        "--labels",
                        "joy,fear",
                        "--json")
                .json();
        JsonObject decisions = json.object("decisions");
        int n = decisions.integer("utterances");
        assertTrue(n > 0, decisions.toText());
        JsonObject test = decisions.object("mcNemar");
        assertEquals(
                decisions.integer("firstRight") - decisions.integer("secondRight"),
                test.integer("onlyFirst") - test.integer("onlySecond"));
        assertTrue(test.number("p") > 0 && test.number("p") <= 1);
        assertTrue(decisions.array("differing").size() >= test.integer("onlyFirst") + test.integer("onlySecond"));
        Outcome self = diff(
                made.run().toString(),
                made.run().toString(),
                "--corpus",
                made.manifest(),
                "--cache",
                made.cache(),
                "--labels",
                "joy,fear");
        assertTrue(self.out().contains("only A is right 0 times, only B 0: McNemar's exact p 1.00"), self.out());
    }

    @Test
    void diff_otherLabelsOnACorpus_isRefusedBeforeAnythingIsRead() {
        Outcome outcome = diff(made.run().toString(), "starter", "--corpus", "manifest:nowhere.csv");
        assertEquals(2, outcome.code());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("have other labels, so their decisions cannot be compared"), outcome.err());
    }

    @Test
    void diff_answers_showsTheFieldsThatDiffer() throws IOException {
        Path first = Files.writeString(folder.resolve("a.json"), "{\"a\": 1, \"b\": {\"c\": [1, 2], \"d\": true}}");
        Path second = Files.writeString(folder.resolve("b.json"), "{\"a\": 1, \"b\": {\"c\": [1, 3]}, \"e\": null}");
        Outcome outcome = diff(first.toString(), second.toString());
        assertEquals(1, outcome.code());
        assertEquals(
                List.of("b.c: [1,2] against [1,3]", "b.d: true against nothing", "e: nothing against null"),
                outcome.out().lines().toList());
        assertEquals(0, diff(first.toString(), first.toString()).code());
    }

    @Test
    void diff_answersWithoutJsonInTheirNames_areReadAsJson() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "{\"a\": 1}");
        Path second = Files.writeString(folder.resolve("second"), "{\"a\": 2}");
        assertEquals(
                "a: 1 against 2",
                diff(first.toString(), second.toString()).out().strip());
    }

    @Test
    void diff_whatIsNoPair_isOneLine() {
        assertTrue(diff(made.run().toString()).err().contains("diff: which two?"));
        assertEquals(2, diff(made.run().toString()).code());
        Outcome mixed = diff(made.run().toString(), "some.json");
        assertTrue(mixed.err().contains("is a JSON document and the other is not"), mixed.err());
        Outcome nowhere = diff(made.run().toString(), "nowhere.safetensors");
        assertEquals(2, nowhere.code());
        assertEquals(1, nowhere.err().lines().count(), nowhere.err());
    }
}
