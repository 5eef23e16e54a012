package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.spark.LocalSession.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model of dialogues sees all turns of a dialogue in their order, whichever workers heard them.
final class DialogueScoreTest {

    @TempDir
    private static Path folder;

    private static Path model;

    /// Trains a small model of dialogues on texts.
    @BeforeAll
    static void train() throws Exception {
        List<List<String>> rows = new ArrayList<>();
        List<String> happy = List.of("thank you", "how lovely", "so glad", "what a joy");
        List<String> angry = List.of("I hate this", "go away", "how dare you", "shut up");
        for (int dialogue = 0; dialogue < 24; dialogue++) {
            for (int turn = 0; turn < 4; turn++) {
                boolean isHappy = (dialogue + turn) % 2 == 0;
                rows.add(List.of(
                        "u" + dialogue + "-" + turn,
                        (isHappy ? happy : angry).get((dialogue / 2 + turn) % 4),
                        isHappy ? "happiness" : "anger",
                        "d" + dialogue,
                        "" + turn,
                        "s" + turn % 2,
                        dialogue < 16 ? "train" : dialogue < 20 ? "val" : "test"));
            }
        }
        Path manifest = folder.resolve("train.csv");
        Csv.write(manifest, List.of("id", "text", "emotion", "dialogue", "turn", "speaker", "split"), rows);
        model = folder.resolve("run");
        Ran ran = LocalSession.local(
                "train",
                "--level",
                "dialogue",
                "--corpus",
                "manifest:" + manifest,
                "--modalities",
                "text",
                "--set",
                "training.epochs=2",
                "--backend",
                "scalar",
                "--set",
                "network.text.hidden=4",
                "--set",
                "network.text.heads=2",
                "--cache",
                folder.resolve("cache").toString(),
                "--out",
                model.toString());
        assertEquals(0, ran.code(), ran.err());
    }

    /// Asserts that a table of answers has the lines of `predict --manifest`.
    ///
    /// @return how many there are
    private static int assertAsOnOneMachine(Path manifest, String out) throws Exception {
        Ran local = LocalSession.local(
                "predict", "--model", model.toString(), "--manifest", manifest.toString(), "--quiet");
        TreeMap<String, String> expected = byId(local.out().lines().toList());
        assertEquals(
                expected,
                byId(LocalSession.get()
                        .read()
                        .parquet(out)
                        .select("json")
                        .as(Encoders.STRING())
                        .collectAsList()));
        return expected.size();
    }

    private static TreeMap<String, String> byId(List<String> lines) {
        TreeMap<String, String> all = new TreeMap<>();
        lines.forEach(line ->
                assertEquals(null, all.put(Json.parseObject(line, "line").text("id"), line)));
        return all;
    }

    @Test
    void answer_vectorsOfADialogueThatCannotBeHeld_refusesEveryRow() {
        Iterator<Row> rows = LongStream.range(0, 3)
                .mapToObj(i -> {
                    Object[] cells = new Object[TurnColumns.SCHEMA.length()];
                    cells[0] = i;
                    cells[TurnColumns.SCHEMA.fieldIndex("heard")] = i == 1 ? "no vectors" : null;
                    return RowFactory.create(cells);
                })
                .iterator();
        Scoring scoring = new Scoring(null, new Recordings("", ""), false);
        List<Long> refused = new ArrayList<>();
        new DialogueScoring(scoring).answer(rows).forEachRemaining(row -> {
            assertEquals(false, row.get(AnswerColumns.TABLE.fieldIndex("answered")));
            refused.add(row.getLong(0));
        });
        assertEquals(List.of(0L, 1L, 2L), refused);
    }

    @Test
    void score_dialoguesInAnyOrder_isPredictManifestBitForBit() throws Exception {
        Path manifest = LocalSession.manifest(folder.resolve("shuffled"), 30);
        String out = folder.resolve("answers").toString();
        Ran ran = LocalSession.spark(
                "score", "--model", model.toString(), "--in", manifest.toString(), "--out", out, "--json-lines");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(30, assertAsOnOneMachine(manifest, out));
    }

    @Test
    void score_oneTurnThatCannotBeRead_refusesItsDialogueAlone() throws Exception {
        Path manifest = folder.resolve("broken.csv");
        Files.writeString(manifest, """
                id,text,dialogue,turn
                a0,thank you,a,0
                a1,,a,1
                b0,go away,b,0
                b1,how lovely,b,first
                c0,so glad,c,0
                d,so glad,,
                """);
        String out = folder.resolve("some").toString();
        Ran ran = LocalSession.spark("score", "--model", model.toString(), "--in", manifest.toString(), "--out", out);
        assertTrue(ran.out().contains("6 in = 2 out + 4 refused"), ran.out() + ran.err());
        TreeMap<String, String> reasons = new TreeMap<>();
        for (Row row : LocalSession.get().read().parquet(out + "-refused").collectAsList()) {
            reasons.put(row.getAs("id"), row.getAs("error"));
        }
        assertEquals(List.of("a0", "a1", "b0", "b1"), List.copyOf(reasons.keySet()));
        assertTrue(reasons.get("a0").contains("row a1: there is neither audio nor text"), reasons.get("a0"));
        assertTrue(reasons.get("b0").contains("turn \"first\" is not a whole number from 0"), reasons.get("b0"));
    }

    @Test
    void score_rowThatIsNoRow_isRefusedWithoutItsDialogue() throws Exception {
        Path manifest = folder.resolve("torn.csv");
        Files.writeString(manifest, "id,text,dialogue,turn\na0,so glad,a,0\na1,go away,a,1\na2,how lovely,a\n");
        String out = folder.resolve("answers-torn").toString();
        Ran ran = LocalSession.spark("score", "--model", model.toString(), "--in", manifest.toString(), "--out", out);
        assertTrue(ran.out().contains("3 in = 2 out + 1 refused"), ran.out() + ran.err());
    }

    @Test
    void score_turnsThatRepeatOrAreMissing_keepTheOrderOfTheTable() throws Exception {
        Path manifest = folder.resolve("turns.csv");
        Files.writeString(
                manifest,
                "id,text,dialogue,turn\na0,so glad,a,1\na1,go away,a,1\na2,how lovely,a,\na3,shut up,a,0\n"
                        + "b0,so glad,,\nb1,go away,,7\n");
        String out = folder.resolve("answers-turns").toString();
        LocalSession.spark(
                "score", "--model", model.toString(), "--in", manifest.toString(), "--out", out, "--json-lines");
        assertEquals(6, assertAsOnOneMachine(manifest, out));
    }

    @Test
    void score_tableWithoutDialogues_isRefused() throws Exception {
        Path manifest = folder.resolve("none.csv");
        Files.writeString(manifest, "id,text\na,so glad\n");
        Ran ran = LocalSession.spark(
                "score",
                "--model",
                model.toString(),
                "--in",
                manifest.toString(),
                "--out",
                folder.resolve("answers-none").toString());
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("there is no column \"dialogue\""), ran.err());
    }
}
