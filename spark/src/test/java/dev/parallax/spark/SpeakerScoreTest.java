package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.spark.LocalSession.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Features are adapted to speakers as `predict --manifest` adapts them, whichever workers heard the recordings.
final class SpeakerScoreTest {

    @TempDir
    private Path folder;

    @Test
    void answer_featuresOfASpeakerThatCannotBeHeld_refusesEveryRow() {
        Iterator<Row> rows = LongStream.range(0, 3)
                .mapToObj(i -> {
                    Object[] cells = new Object[SpeakerScoring.SCHEMA.length()];
                    cells[0] = i;
                    cells[SpeakerScoring.SCHEMA.fieldIndex("heard")] = i == 1 ? "no features" : null;
                    return RowFactory.create(cells);
                })
                .iterator();
        Scoring scoring = new Scoring(null, new Recordings("", ""), false);
        List<Long> refused = new ArrayList<>();
        new SpeakerScoring(scoring).answer(rows).forEachRemaining(row -> {
            assertEquals(false, row.get(AnswerColumns.TABLE.fieldIndex("answered")));
            refused.add(row.getLong(0));
        });
        assertEquals(List.of(0L, 1L, 2L), refused);
    }

    private static TreeMap<String, String> byId(Stream<String> lines) {
        TreeMap<String, String> all = new TreeMap<>();
        lines.filter(line -> !Json.parseObject(line, "line").has("error"))
                .forEach(line -> assertEquals(
                        null, all.put(Json.parseObject(line, "line").text("id"), line)));
        return all;
    }

    private static TreeMap<String, String> scored(String place) {
        return byId(
                LocalSession.get().read().parquet(place).select("json").as(Encoders.STRING()).collectAsList().stream());
    }

    /// Speakers s0 and S1 with many recordings, some broken; two with few; one row without speaker, one without sound.
    private Path manifest() throws Exception {
        Path manifest = LocalSession.manifest(folder, 30);
        String table = Files.readString(manifest)
                .replace("clip4,wav/clip4.wav", "clip4,")
                .replace(",d2,1,s1", ",d2,1,") // the last row
                .replace(",s1", ",S1 ")
                .replaceFirst(",S1 ", ",s1");
        Files.writeString(manifest, table + "few,wav/clip0.wav,so sad,d,1,rare\nnone,wav/clip1.wav,,,,\n");
        return manifest;
    }

    @Test
    void score_tableWithSpeakers_isPredictManifestBitForBit() throws Exception {
        Path manifest = manifest();
        String out = folder.resolve("answers").toString();
        Ran ran = LocalSession.spark("score", "--in", manifest.toString(), "--out", out, "--json-lines");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.err().contains("features are adapted to each speaker"), ran.err());
        assertTrue(ran.out().contains("32 in = 26 out + 6 refused"), ran.out());
        TreeMap<String, String> local = byId(LocalSession.local("predict", "--manifest", manifest.toString(), "--quiet")
                .out()
                .lines());
        assertEquals(local, scored(out));
        assertTrue(local.get("clip0").contains("features are adapted to speaker s0"), local.get("clip0"));
        String asTrained = folder.resolve("as-trained").toString();
        LocalSession.spark("score", "--in", manifest.toString(), "--out", asTrained, "--json-lines", "--as-trained");
        assertNotEquals(local.get("clip0"), scored(asTrained).get("clip0"));
        assertEquals(local.get("few"), scored(asTrained).get("few"));
    }

    @Test
    void score_recordingsInTheTable_areAdaptedAlike() throws Exception {
        Path manifest = manifest();
        List<Row> rows = new ArrayList<>();
        for (Row row : LocalSession.get()
                .read()
                .option("header", true)
                .option("escape", "\"")
                .csv(manifest.toString())
                .collectAsList()) {
            String audio = row.getAs("audio");
            Path file = audio == null ? null : folder.resolve(audio);
            byte[] bytes = file == null || !Files.exists(file) ? null : Files.readAllBytes(file);
            rows.add(RowFactory.create(
                    row.getAs("id"), bytes, Csv.cell(Objects.toString(row.getAs("text"), "")), row.getAs("speaker")));
        }
        StructType schema = new StructType()
                .add("id", DataTypes.StringType)
                .add("audio", DataTypes.BinaryType)
                .add("text", DataTypes.StringType)
                .add("speaker", DataTypes.StringType);
        Path table = folder.resolve("bytes.parquet");
        LocalSession.get().createDataFrame(rows, schema).coalesce(1).write().parquet(table.toString());
        String out = folder.resolve("answers").toString();
        LocalSession.spark("score", "--in", table.toString(), "--out", out, "--json-lines");
        TreeMap<String, String> local = byId(LocalSession.local("predict", "--manifest", manifest.toString(), "--quiet")
                .out()
                .lines());
        TreeMap<String, String> scored = scored(out);
        scored.keySet().retainAll(local.keySet()); // without its sound, a row is answered by its text
        local.forEach((id, line) -> assertEquals(line, scored.get(id), id));
    }
}
