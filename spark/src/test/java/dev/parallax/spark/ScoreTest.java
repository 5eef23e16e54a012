package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.spark.LocalSession.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `score` gives the answers of `predict --manifest`, bit for bit, and refuses the same rows.
final class ScoreTest {

    @TempDir
    private Path folder;

    /// The lines of `predict --manifest` by their ids.
    private static TreeMap<String, String> predicted(Path manifest, String... more) {
        String[] words = {"predict", "--manifest", manifest.toString(), "--as-trained", "--quiet"};
        String[] all = java.util.stream.Stream.of(words, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
        TreeMap<String, String> lines = new TreeMap<>();
        LocalSession.local(all).out().lines().forEach(line -> lines.put(id(line), line));
        return lines;
    }

    private static String id(String line) {
        return Json.parseObject(line, "line").text("id");
    }

    private static TreeMap<String, String> scored(String place) {
        TreeMap<String, String> lines = new TreeMap<>();
        for (String line : LocalSession.get()
                .read()
                .parquet(place)
                .select("json")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList()) {
            assertEquals(null, lines.put(id(line), line), "an id twice");
        }
        return lines;
    }

    private static TreeMap<String, String> without(TreeMap<String, String> lines, boolean errors) {
        TreeMap<String, String> some = new TreeMap<>(lines);
        some.values().removeIf(line -> Json.parseObject(line, "line").has("error") == errors);
        return some;
    }

    @Test
    void score_manifest_isPredictManifestBitForBit() throws Exception {
        Path manifest = LocalSession.manifest(folder, 30);
        String out = folder.resolve("answers").toString();
        Ran ran =
                LocalSession.spark("score", "--in", manifest.toString(), "--as-trained", "--out", out, "--json-lines");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("30 in = 24 out + 6 refused: none lost, none twice"), ran.out());
        TreeMap<String, String> local = predicted(manifest);
        assertEquals(without(local, true), scored(out));
        TreeMap<String, String> reasons = new TreeMap<>();
        LocalSession.get()
                .read()
                .parquet(out + "-refused")
                .collectAsList()
                .forEach(row -> reasons.put(row.getAs("id"), row.getAs("error")));
        TreeMap<String, String> expected = new TreeMap<>();
        without(local, false)
                .forEach((id, line) ->
                        expected.put(id, Json.parseObject(line, "line").text("error")));
        assertEquals(expected, reasons);
    }

    @Test
    void score_columns_areThoseOfTheJson() throws Exception {
        Path manifest = LocalSession.manifest(folder, 3);
        String out = folder.resolve("answers").toString();
        LocalSession.spark("score", "--in", manifest.toString(), "--out", out, "--json-lines");
        List<Row> rows = LocalSession.get().read().parquet(out).collectAsList();
        assertEquals(3, rows.size());
        for (Row row : rows) {
            JsonObject json = Json.parseObject(row.<String>getAs("json"), "line");
            Row answer = row.getAs("answer");
            assertEquals(json.text("decision"), answer.getAs("decision"));
            assertEquals(json.flag("sure"), answer.getAs("sure"));
            assertEquals(json.text("modelHash"), answer.getAs("modelHash"));
            for (String view : List.of("fused", "audio", "text")) {
                Row perspective = answer.getAs(view);
                assertEquals(
                        json.object(view).array("probabilities").toText(),
                        Json.array(perspective.<Double>getList(1).stream()
                                        .map(value -> (Json) new Json.Real(value))
                                        .toList())
                                .toText());
            }
        }
    }

    @Test
    void score_sameTableInEveryFormat_givesTheSameAnswers() throws Exception {
        Path manifest = LocalSession.manifest(folder, 8);
        String root = folder.toString();
        Dataset<Row> table = LocalSession.get()
                .read()
                .option("header", true)
                .option("escape", "\"")
                .csv(manifest.toString());
        table.write().parquet(root + "/table.parquet");
        table.write().orc(root + "/table.orc");
        table.write().json(root + "/table.json");
        List<Row> bytes = new java.util.ArrayList<>();
        for (Row row : table.collectAsList()) {
            Path file = folder.resolve(row.<String>getAs("audio"));
            bytes.add(RowFactory.create(
                    row.getAs("id"), Files.exists(file) ? Files.readAllBytes(file) : null, row.getAs("text")));
        }
        LocalSession.get()
                .createDataFrame(
                        bytes,
                        new StructType()
                                .add("id", DataTypes.StringType)
                                .add("audio", DataTypes.BinaryType)
                                .add("text", DataTypes.StringType))
                .write()
                .parquet(root + "/bytes.parquet");
        TreeMap<String, String> expected = without(predicted(manifest), true);
        for (String name : List.of("manifest.csv", "table.parquet", "table.orc", "table.json", "bytes.parquet")) {
            String out = root + "/answers-of-" + name;
            Ran ran = LocalSession.spark(
                    "score", "--as-trained", "--in", root + "/" + name, "--root", root, "--out", out, "--json-lines");
            assertEquals(0, ran.code(), ran.err());
            TreeMap<String, String> scored = scored(out);
            scored.keySet().retainAll(expected.keySet()); // without its sound, a row is answered by its text
            assertEquals(expected, scored, name);
        }
    }

    @Test
    void score_folderOfRecordings_answersEachFile() throws Exception {
        LocalSession.manifest(folder, 8);
        String out = folder.resolve("answers").toString();
        Ran ran = LocalSession.spark("score", "--in", folder.resolve("wav").toString(), "--out", out);
        assertTrue(ran.out().contains("7 in = 6 out + 1 refused"), ran.out() + ran.err());
        Row first =
                LocalSession.get().read().parquet(out).where("id = 'clip0.wav'").first();
        String alone = LocalSession.local(
                        "predict", "--audio", folder.resolve("wav/clip0.wav").toString(), "--json", "--backend", "auto")
                .out();
        Row answer = first.getAs("answer");
        assertEquals(Json.parseObject(alone, "alone").text("audioHash"), answer.getAs("audioHash"));
        assertEquals(
                Json.parseObject(alone, "alone").object("audio").array("logits").toText(),
                Json.array(answer.<Row>getAs("audio").<Double>getList(4).stream()
                                .map(value -> (Json) new Json.Real(value))
                                .toList())
                        .toText());
    }

    @Test
    void score_recordingOutsideTheRoot_isRefused() throws Exception {
        Path manifest = LocalSession.manifest(folder.resolve("table"), 1);
        Files.copy(folder.resolve("table/wav/clip0.wav"), folder.resolve("secret.wav"));
        Files.writeString(manifest, "id,audio\na,../secret.wav\nb," + folder.resolve("secret.wav") + "\n");
        String out = folder.resolve("answers").toString();
        Ran ran = LocalSession.spark("score", "--in", manifest.toString(), "--out", out);
        assertTrue(ran.out().contains("2 in = 0 out + 2 refused"), ran.out() + ran.err());
        LocalSession.get()
                .read()
                .parquet(out + "-refused")
                .collectAsList()
                .forEach(row -> assertTrue(
                        row.<String>getAs("error").contains("leaves the folder"), row.<String>getAs("error")));
    }

    @Test
    void score_outThatExists_isRefusedBeforeAnythingIsRead() throws Exception {
        Path manifest = LocalSession.manifest(folder, 1);
        Ran ran = LocalSession.spark("score", "--in", manifest.toString(), "--out", folder.toString());
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("exists already; give a new place"), ran.err());
        assertFalse(Files.exists(Path.of(folder + "-unfinished")));
    }

    @Test
    void score_tableWithoutAudioAndText_saysWhatItHas() throws Exception {
        Path table = folder.resolve("t.csv");
        Files.writeString(table, "id,txt\n1,hello\n");
        Ran ran = LocalSession.spark(
                "score", "--in", table.toString(), "--out", folder.resolve("o").toString());
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("there is no column \"audio\" and no column \"text\", only [id, txt"), ran.err());
    }

    @Test
    void score_rowsWithOtherCellsThanTheHeader_areRefusedAlone() throws Exception {
        Path table = folder.resolve("t.csv");
        Files.writeString(table, "id,text,speaker\na,so glad,s\nb,so sad\nc,\"so\",s,more\nd,\" so, glad \",s\n");
        String out = folder.resolve("o").toString();
        Ran ran = LocalSession.spark("score", "--in", table.toString(), "--out", out);
        assertTrue(ran.out().contains("4 in = 2 out + 2 refused"), ran.out() + ran.err());
        List<Row> refused = LocalSession.get()
                .read()
                .parquet(out + "-refused")
                .orderBy("id")
                .collectAsList();
        assertEquals(
                "row b: the table has a row that cannot be read: b,so sad",
                refused.get(0).getAs("error"));
    }

    @Test
    void score_tableOfAnotherFormat_isSaidInOneLine() throws Exception {
        Path table = folder.resolve("t.csv");
        Files.writeString(table, "id,text\n1,hello\n");
        Ran ran = LocalSession.spark(
                "score",
                "--in",
                table.toString(),
                "--format",
                "parquet",
                "--out",
                folder.resolve("o").toString());
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("t.csv: Spark cannot read it: "), ran.err());
        assertFalse(Files.exists(folder.resolve("o")));
    }
}
