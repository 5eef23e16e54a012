package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `evaluate --groups` and `evaluate --robustness` write.
class EvaluateBreakdownTest {

    @TempDir
    static Path folder;

    private static TrainedRun made;
    private static Path table;

    /// A corpus with a column `Room` of its own.
    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
        List<List<String>> rows = new ArrayList<>();
        for (Csv.Row row : Csv.read(made.corpus().resolve("manifest.csv")).rows()) {
            if (List.of("joy", "fear").contains(row.get("emotion"))) {
                String room = rows.size() == 0 ? "" : rows.size() % 2 == 0 ? "hall" : "street";
                rows.add(List.of(
                        row.get("id"), row.get("audio"), row.get("text"), row.get("emotion"), row.get("speaker"), room, ""));
            }
        }
        table = made.corpus().resolve("rooms.csv");
        Csv.write(table, List.of("id", "audio", "text", "emotion", "speaker", "Room", "age"), rows);
    }

    private static Outcome evaluate(String... more) {
        List<String> all = new ArrayList<>(List.of("--split", "all", "--allow-seen"));
        all.addAll(List.of(more));
        return made.evaluate("manifest:" + table, all.toArray(new String[0]));
    }

    @Test
    void evaluate_groups_areCountedAndWritten() throws IOException {
        Path out = folder.resolve("groups");
        Outcome scored = evaluate("--groups", "room,speaker", "--out", out.toString(), "--json");
        assertEquals(0, scored.code(), scored.err());
        Json columns = Json.parseObject("{\"all\":" + Files.readString(out.resolve("groups.json")) + "}", "groups")
                .get("all");
        assertEquals(columns.toText(), scored.json().get("groups").toText());
        List<Csv.Row> groups =
                Csv.read(out.resolve("figures").resolve("groups-room.csv")).rows();
        assertEquals(List.of("hall", "street"), groups.stream().map(row -> row.get("group")).toList());
        int n = groups.stream().mapToInt(row -> Integer.parseInt(row.get("utterances"))).sum();
        assertEquals(scored.json().integer("utterances") - 1, n, "one has no room");
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("By room") && page.contains("By speaker"), "sections");
        assertTrue(page.contains("groups by room: 1 utterance has no value and is left out"));
        assertTrue(page.contains("Largest gap in UA by room"));
    }

    @Test
    void evaluate_columnThatIsNotThereOrEmpty_isRefused() {
        Outcome unknown = evaluate("--groups", "rooom");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("--groups: no corpus here has a column \"rooom\""), unknown.err());
        assertTrue(unknown.err().contains("did you mean \"room\"?"), unknown.err());
        Outcome empty = evaluate("--groups", "age");
        assertEquals(2, empty.code());
        assertTrue(
                empty.err().contains("--groups: column \"age\" is empty for all of these utterances"), empty.err());
        Outcome twice = evaluate("--groups", "room,Room");
        assertEquals(2, twice.code());
        assertTrue(twice.err().contains("a column is named twice"), twice.err());
    }

    @Test
    void evaluate_robustness_isTheSameOnAnyNumberOfThreads() throws IOException {
        Path out = folder.resolve("robustness");
        Outcome scored = evaluate("--robustness", "--threads", "2", "--out", out.toString(), "--json");
        assertEquals(0, scored.code(), scored.err());
        Outcome again = evaluate("--robustness", "--threads", "1", "--json");
        JsonObject robustness = scored.json().object("robustness");
        assertEquals(robustness.toText(), again.json().object("robustness").toText());
        List<Csv.Row> rows = Csv.read(out.resolve("figures").resolve("robustness.csv")).rows();
        assertEquals(24, rows.size(), "clean, 18 of sound, two without one perspective, three of words");
        assertEquals("clean", rows.getFirst().get("condition"));
        assertEquals(0, Double.parseDouble(rows.getFirst().get("difference")));
        double clean = scored.json().object("scores").object("decision").number("unweightedAccuracy");
        assertEquals(clean, Double.parseDouble(rows.getFirst().get("ua")), 1e-12);
        for (Csv.Row row : rows) {
            assertEquals(clean + Double.parseDouble(row.get("difference")), Double.parseDouble(row.get("ua")), 1e-9);
        }
        assertTrue(Files.readString(out.resolve("report.html")).contains("Under other conditions"));
        assertTrue(Files.exists(out.resolve("robustness.json")));
    }

    @Test
    void evaluate_robustnessOfAModelOfText_leavesOutSound() {
        Path run = folder.resolve("text");
        Outcome trained = made.train(run, "--modalities", "text");
        assertEquals(0, trained.code(), trained.err());
        Outcome scored = Outcome.of(
                "evaluate", "--model", run.toString(), "--corpus", made.manifest(), "--labels", "joy,fear", "--robustness");
        assertEquals(0, scored.code(), scored.err());
        assertTrue(scored.out().contains("telephone: left out, since the model reads no audio"), scored.out());
        assertTrue(scored.out().lines().anyMatch(line -> line.startsWith("words wrong 20 %")), scored.out());
        assertFalse(scored.out().toLowerCase(Locale.ROOT).lines().anyMatch(line -> line.startsWith("telephone  ")));
    }
}
