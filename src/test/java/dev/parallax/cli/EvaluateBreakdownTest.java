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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `evaluate --groups` and `evaluate --robustness` write.
class EvaluateBreakdownTest {

    private static final List<String> HEADER =
            List.of("id", "audio", "text", "emotion", "speaker", "Room", "age", "a b", "a-b");

    @TempDir
    static Path folder;

    private static TrainedRun made;
    private static List<List<String>> rows;
    private static Path table;

    /// A corpus with a column `Room` of its own, which the first utterance lacks, and an empty one.
    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
        rows = new ArrayList<>();
        for (Csv.Row row : Csv.read(made.corpus().resolve("manifest.csv")).rows()) {
            if (List.of("joy", "fear").contains(row.get("emotion"))) {
                String room = rows.isEmpty() ? "" : rows.size() % 2 == 0 ? "hall" : "street";
                rows.add(List.of(
                        row.get("id"),
                        row.get("audio"),
                        row.get("text"),
                        row.get("emotion"),
                        row.get("speaker"),
                        room,
                        "",
                        "x",
                        "y"));
            }
        }
        table = write("rooms.csv", rows);
    }

    private static Path write(String name, List<List<String>> those) {
        Path file = made.corpus().resolve(name);
        Csv.write(file, HEADER, those);
        return file;
    }

    private static Outcome evaluate(Path manifest, String... more) {
        List<String> all = new ArrayList<>(List.of("--split", "all", "--allow-seen"));
        all.addAll(List.of(more));
        return made.evaluate("manifest:" + manifest, all.toArray(new String[0]));
    }

    private static JsonObject row(JsonObject robustness, String condition) {
        return robustness.array("conditions").objects().stream()
                .filter(row -> row.text("name").equals(condition))
                .findFirst()
                .orElseThrow();
    }

    private static double ua(JsonObject robustness, String condition) {
        return row(robustness, condition).object("unweightedAccuracy").number("estimate");
    }

    @Test
    void evaluate_groups_areCountedAndWritten() throws IOException {
        Path out = folder.resolve("groups");
        Outcome scored = evaluate(table, "--groups", "ROOM,speaker", "--out", out.toString(), "--json");
        assertEquals(0, scored.code(), scored.err());
        Json columns = Json.parseObject(out.resolve("evaluation.json")).array("groups");
        assertEquals(columns, scored.json().get("groups"));
        List<Csv.Row> groups =
                Csv.read(out.resolve("figures").resolve("groups-room.csv")).rows();
        assertEquals(
                List.of("hall", "street"),
                groups.stream().map(row -> row.get("group")).toList());
        int n = groups.stream()
                .mapToInt(row -> Integer.parseInt(row.get("utterances")))
                .sum();
        assertEquals(scored.json().integer("utterances") - 1, n, "one has no room");
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("By room") && page.contains("By speaker"), "sections");
        assertTrue(page.contains("groups by room: 1 utterance has no value and is left out"));
        assertTrue(page.contains("gap in UA by room"));
        assertTrue(page.contains("no p: each group is one speaker"));
    }

    @Test
    void evaluate_columnsWithAlikeNames_haveFilesOfTheirOwn() {
        Path out = folder.resolve("alike");
        Outcome scored = evaluate(table, "--groups", "a b,a-b", "--out", out.toString());
        assertEquals(0, scored.code(), scored.err());
        Path figures = out.resolve("figures");
        assertEquals(
                "x",
                Csv.read(figures.resolve("groups-a-20b.csv")).rows().getFirst().get("group"));
        assertEquals(
                "y",
                Csv.read(figures.resolve("groups-a-2db.csv")).rows().getFirst().get("group"));
        assertTrue(
                scored.out().contains("All utterances have the same a-b: there is nothing to compare."), scored.out());
    }

    @Test
    void evaluate_columnThatIsGroupedBy_isNotCalledUnread() {
        Outcome scored = evaluate(table, "--groups", "room");
        assertEquals(0, scored.code(), scored.err());
        assertTrue(scored.err().contains("column \"age\" is not read"), scored.err());
        assertFalse(scored.err().contains("column \"Room\""), scored.err());
    }

    @Test
    void evaluate_columnThatIsNotThereOrEmpty_isRefused() {
        Outcome unknown = evaluate(table, "--groups", "rooom");
        assertEquals(2, unknown.code());
        assertTrue(
                unknown.err()
                        .contains("--groups: no corpus here has a column \"rooom\"; did you mean \"room\"?; known: "),
                unknown.err());
        Outcome empty = evaluate(table, "--groups", "age");
        assertEquals(2, empty.code());
        assertTrue(empty.err().contains("--groups: column \"age\" is empty for all of these utterances"), empty.err());
        Outcome twice = evaluate(table, "--groups", "room,Room");
        assertEquals(2, twice.code());
        assertTrue(twice.err().contains("--groups: a column is named twice"), twice.err());
    }

    @Test
    void evaluate_robustness_hasEveryConditionOnAnyNumberOfThreads() throws IOException {
        Path out = folder.resolve("robustness");
        Outcome scored = evaluate(table, "--robustness", "--threads", "2", "--out", out.toString(), "--json");
        assertEquals(0, scored.code(), scored.err());
        JsonObject robustness = scored.json().object("robustness");
        JsonObject again =
                evaluate(table, "--robustness", "--threads", "1", "--json").json();
        assertEquals(robustness, again.object("robustness"));
        assertEquals(
                robustness, Json.parseObject(out.resolve("evaluation.json")).object("robustness"));
        assertEquals(List.of(), robustness.array("leftOut").texts());
        List<JsonObject> rows = robustness.array("conditions").objects();
        assertEquals(22, rows.size(), "clean, 16 of sound, two without one perspective, three of words");
        JsonObject scores = scored.json().object("scores");
        double clean = scores.object("decision").number("unweightedAccuracy");
        assertEquals(clean, ua(robustness, "clean"), 1e-12);
        for (JsonObject row : rows) {
            double difference = row.object("difference").number("estimate");
            assertEquals(clean + difference, ua(robustness, row.text("name")), 1e-12, row.text("name"));
        }
        assertEquals(scores.object("audio").number("unweightedAccuracy"), ua(robustness, "text missing"), 1e-12);
        assertEquals(scores.object("text").number("unweightedAccuracy"), ua(robustness, "audio missing"), 1e-12);
        assertEquals(
                rows.size(),
                Csv.read(out.resolve("figures").resolve("robustness.csv"))
                        .rows()
                        .size());
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("Under other conditions") && page.contains("the coder itself"));
    }

    @Test
    void evaluate_notAskedFor_hasNeither() {
        JsonObject json = evaluate(table, "--json").json();
        assertFalse(json.has("robustness"));
        assertFalse(json.has("groups"));
    }

    @Test
    void evaluate_robustnessOfAModelOfText_leavesOutSound() {
        Path run = folder.resolve("text");
        Outcome trained = made.train(run, "--modalities", "text");
        assertEquals(0, trained.code(), trained.err());
        Outcome scored = Outcome.of(
                "evaluate",
                "--model",
                run.toString(),
                "--corpus",
                made.manifest(),
                "--labels",
                "joy,fear",
                "--robustness");
        assertEquals(0, scored.code(), scored.err());
        assertTrue(
                scored.out().contains("left out, since the model reads no audio: white noise 20 dB, "), scored.out());
        assertTrue(scored.out().lines().anyMatch(line -> line.startsWith("words wrong 20 %  ")), scored.out());
        assertFalse(scored.out().lines().anyMatch(line -> line.startsWith("telephone")), scored.out());
    }

    /// Half of the rows have no text: conditions of words, and those of one perspective, are scored on the others, and
    /// compared with these as they are.
    @Test
    void evaluate_someWithoutText_comparesWithTheSameUtterances() throws IOException {
        List<List<String>> some = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = new ArrayList<>(rows.get(i));
            row.set(2, i % 2 == 0 ? "" : row.get(2));
            row.set(4, "");
            some.add(row);
        }
        Path out = folder.resolve("some");
        Outcome scored = evaluate(write("some.csv", some), "--robustness", "--json", "--out", out.toString());
        assertEquals(0, scored.code(), scored.err());
        JsonObject robustness = scored.json().object("robustness");
        JsonObject words = row(robustness, "words wrong 40 %");
        assertEquals(rows.size() / 2, words.integer("utterances"));
        assertEquals(
                ua(robustness, "words wrong 40 %"),
                ua(robustness, "clean, with text") + words.object("difference").number("estimate"),
                1e-12);
        assertEquals(
                rows.size() / 2,
                words.object("difference").integer("clusters"),
                "where speakers are not known, each utterance is by itself");
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains(" of " + rows.size() + " labelled utterances"), "of all answers, not those of a view");
    }
}
