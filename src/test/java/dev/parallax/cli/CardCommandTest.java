package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Model cards.
class CardCommandTest {

    @TempDir
    static Path folder;

    private static TrainedRun made;

    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
    }

    private static String markdown(Path card) throws IOException {
        return Files.readString(card.resolve("README.md"));
    }

    @Test
    void card_run_hasTheScoresOfItsRecord() throws IOException {
        Path out = folder.resolve("card");
        Outcome outcome = Outcome.of(
                "card", made.run().toString(), "--out", out.toString(), "--name", "mine", "--license", "cc-by-4.0");
        assertEquals(0, outcome.code(), outcome.err());
        String text = markdown(out);
        assertTrue(text.startsWith("---\nlicense: cc-by-4.0\n"), text);
        assertTrue(text.contains("pipeline_tag: audio-classification\n"), text);
        assertTrue(text.contains("# Model card: mine\n"), text);
        JsonObject run = Json.parseObject(made.run().resolve("run.json"));
        JsonObject decision = run.object("run").object("scores").object("test").object("decision");
        String accuracy = String.format(Locale.ROOT, "%.4f", decision.number("weightedAccuracy"));
        assertTrue(
                text.contains("    - type: accuracy\n      name: \"weighted accuracy\"\n      value: " + accuracy),
                text);
        for (String label : List.of("joy", "fear")) {
            JsonObject its = decision.object("perClass").object(label);
            String row = "| " + label + " | " + its.integer("support") + " | "
                    + String.format(Locale.ROOT, "%.3f", its.number("recall")) + " | ";
            assertTrue(text.contains(row), row + " in " + text);
        }
        assertTrue(text.contains("It is not for deciding about people"), text);
        assertTrue(text.contains("made by rules, not spoken"), "a card of it says so before anything else");
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("Model card: mine") && page.contains("taken for joy"), "the same as a page");
    }

    @Test
    void card_starter_namesCorporaAndLanguages() throws IOException {
        Path out = folder.resolve("starter");
        Outcome outcome = Outcome.of("card", "starter", "--out", out.toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("the licence of the model is unknown"), outcome.err());
        String text = markdown(out);
        assertTrue(text.contains("language:\n- de\n- en\n"), text);
        assertTrue(text.contains("datasets:\n- emodb\n- goemotions\n"), text);
        assertTrue(text.contains("| emodb | CC0 | de |"), text);
        assertTrue(text.contains("| sadness | 296 | "), text);
        assertTrue(text.contains("It is not known that no speaker is in two parts"), text);
    }

    @Test
    void card_namesWithMarkup_areText() throws IOException {
        Path out = folder.resolve("markup");
        Outcome.of("card", made.run().toString(), "--out", out.toString(), "--name", "<b>|x|</b>: \"y\"");
        String text = markdown(out);
        assertTrue(text.contains("# Model card: \\<b\\>\\|x\\|\\</b\\>: \"y\"\n"), text);
        assertTrue(text.contains("- name: \"<b>|x|</b>: \\\"y\\\"\"\n"), text);
        assertFalse(Files.readString(out.resolve("report.html")).contains("<b>|x|"), "it is escaped");
    }

    @Test
    void card_folderThatIsTaken_isOneLineAndNothingIsLost() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken"));
        Files.writeString(taken.resolve("README.md"), "mine");
        Outcome outcome = Outcome.of("card", "starter", "--out", taken.toString());
        assertEquals(2, outcome.code());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertEquals("mine", Files.readString(taken.resolve("README.md")));
        assertEquals(2, Outcome.of("card", "starter").code());
        assertEquals(
                2, Outcome.of("card", "--out", folder.resolve("x").toString()).code());
    }

    @Test
    void card_withAnEvaluation_hasGroupsAndConditions() throws IOException {
        Path evaluated = folder.resolve("evaluated");
        Outcome outcome = made.evaluate(
                made.manifest(),
                "--labels",
                "joy,fear",
                "--groups",
                "speaker",
                "--robustness",
                "--out",
                evaluated.toString());
        assertEquals(0, outcome.code(), outcome.err());
        Path out = folder.resolve("with-evaluation");
        Outcome card = Outcome.of(
                "card", made.run().toString(), "--evaluation", evaluated.toString(), "--out", out.toString());
        assertEquals(0, card.code(), card.err());
        String text = markdown(out);
        JsonObject group = Json.parseObject(evaluated.resolve("evaluation.json"))
                .array("groups")
                .objects()
                .getFirst()
                .array("groups")
                .objects()
                .getFirst();
        assertTrue(text.contains("| " + group.text("name") + " | " + group.integer("utterances") + " | "), text);
        assertTrue(text.contains("## Under other conditions"), text);
        Outcome other = Outcome.of(
                "card",
                "starter",
                "--evaluation",
                evaluated.toString(),
                "--out",
                folder.resolve("other").toString());
        assertEquals(2, other.code());
        assertTrue(other.err().contains("it is of another model"), other.err());
        assertFalse(Files.exists(folder.resolve("other")), "nothing is written");
    }
}
