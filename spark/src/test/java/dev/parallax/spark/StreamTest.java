package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.file.WavWriter;
import dev.parallax.spark.LocalSession.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that arrive are answered once each.
final class StreamTest {

    @TempDir
    private Path folder;

    private Ran stream(String... more) {
        List<String> words = new java.util.ArrayList<>(
                List.of("stream", "--in", folder.resolve("in").toString(), "--available-now"));
        words.addAll(List.of(more));
        if (!words.contains("--out")) {
            words.addAll(List.of("--out", folder.resolve("answers").toString()));
        }
        return LocalSession.spark(words.toArray(new String[0]));
    }

    private List<String> ids() {
        return LocalSession.get()
                .read()
                .parquet(folder.resolve("answers").toString())
                .select("id")
                .as(Encoders.STRING())
                .orderBy("id")
                .collectAsList();
    }

    private void arrive(String name, double pitch) {
        WavWriter.PCM_16.write(folder.resolve("in/" + name), LocalSession.hum(pitch, 0.6));
    }

    @Test
    void stream_filesThatArriveBetweenStarts_areAnsweredOnceEach() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        arrive("a.wav", 100);
        Files.writeString(folder.resolve("in/b.wav"), "no sound");
        Ran first = stream();
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("it ends when all that is there is answered"), first.err());
        assertEquals(List.of("a.wav", "b.wav"), ids());
        assertEquals(0, stream().code());
        assertEquals(List.of("a.wav", "b.wav"), ids());
        arrive("c.wav", 150);
        assertEquals(0, stream().code());
        assertEquals(List.of("a.wav", "b.wav", "c.wav"), ids());
        Row broken = LocalSession.get()
                .read()
                .parquet(folder.resolve("answers").toString())
                .where("NOT answered")
                .first();
        assertTrue(broken.<Row>getAs("answer").<String>getAs("error").contains("b.wav"), broken.toString());
    }

    @Test
    void stream_linesOfManifests_areAnswered() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/one.json"), """
                {"id": "1", "text": "thank you so much"}
                {"id": "2", "text": "I hate this"
                """);
        Ran ran = stream("--source", "json");
        assertEquals(0, ran.code(), ran.err());
        List<Row> rows = LocalSession.get()
                .read()
                .parquet(folder.resolve("answers").toString())
                .orderBy("answered")
                .collectAsList();
        assertEquals(2, rows.size());
        assertEquals("1", rows.get(1).getAs("id"));
        String reason = rows.get(0).<Row>getAs("answer").getAs("error");
        assertTrue(reason.contains("a row that cannot be read"), reason);
    }

    @Test
    void stream_tablesOfOtherColumns_areReadByTheirNames() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/one.csv"), "text,id\nthank you so much,1\n");
        Ran ran = stream("--source", "csv");
        assertEquals(0, ran.code(), ran.err());
        Row row = LocalSession.get()
                .read()
                .parquet(folder.resolve("answers").toString())
                .first();
        assertEquals("1", row.getAs("id"));
        assertEquals("thank you so much", row.getAs("text"));
        assertEquals(true, row.getAs("answered"));
    }

    @Test
    void stream_recordingsInParquet_areHeard() throws Exception {
        Files.createDirectories(folder.resolve("wav"));
        WavWriter.PCM_16.write(folder.resolve("wav/a.wav"), LocalSession.hum(100, 0.6));
        LocalSession.get()
                .read()
                .format("binaryFile")
                .load(folder.resolve("wav").toString())
                .selectExpr("5 AS id", "content AS audio")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("in").toString());
        Ran ran = stream("--source", "parquet");
        assertEquals(0, ran.code(), ran.err());
        Row row = LocalSession.get()
                .read()
                .parquet(folder.resolve("answers").toString())
                .first();
        assertEquals("5", row.getAs("id"));
        assertEquals(true, row.getAs("answered"), row.toString());
    }

    @Test
    void stream_folderThatTellsNoColumns_isRefused() throws Exception {
        assertTrue(stream().err().contains("there is no such folder"));
        Files.createDirectories(folder.resolve("in"));
        Ran ran = stream("--source", "csv");
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("the folder is empty"), ran.err());
    }

    @Test
    void stream_intoItsSource_isRefused() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        arrive("a.wav", 100);
        Ran answers = stream("--out", folder.resolve("in/answers").toString());
        assertEquals(2, answers.code(), answers.err());
        assertTrue(answers.err().contains("in/answers lies in that of --in"), answers.err());
        Ran checkpoint = stream("--checkpoint", folder.resolve("in/place").toString());
        assertEquals(2, checkpoint.code(), checkpoint.err());
        assertTrue(checkpoint.err().contains("in/place lies in that of --in"), checkpoint.err());
    }

    @Test
    void stream_intoATableOfAnotherJob_isRefusedAndHidesNothing() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        arrive("a.wav", 100);
        LocalSession.get()
                .range(3)
                .selectExpr("CAST(id AS STRING) AS id")
                .write()
                .parquet(folder.resolve("answers").toString());
        Ran ran = stream();
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("no stream wrote it"), ran.err());
        assertEquals(List.of("0", "1", "2"), ids());
    }

    @Test
    void stream_whoseCheckpointIsGone_isRefusedBeforeItPassesOverFiles() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        arrive("a.wav", 100);
        assertEquals(0, stream().code());
        Files.move(folder.resolve("answers-checkpoint"), folder.resolve("moved"));
        arrive("b.wav", 150);
        Ran ran = stream();
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("has no checkpoint at"), ran.err());
        assertEquals(
                0, stream("--checkpoint", folder.resolve("moved").toString()).code());
        assertEquals(List.of("a.wav", "b.wav"), ids());
    }

    @Test
    void stream_whoseTableIsGone_isRefusedBeforeItPassesOverFiles() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("answers-checkpoint/commits")); // of a job that was killed at its start
        arrive("a.wav", 100);
        assertEquals(0, stream().code());
        Files.move(folder.resolve("answers"), folder.resolve("moved"));
        Ran ran = stream();
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("answers: the table is gone, and its checkpoint file:"), ran.err());
        Files.move(folder.resolve("moved"), folder.resolve("answers"));
        arrive("b.wav", 150);
        assertEquals(0, stream().code());
        assertEquals(List.of("a.wav", "b.wav"), ids());
    }

    @Test
    void stream_kafkaWithoutRoot_saysWhatIsMissing() {
        Ran ran = LocalSession.spark(
                "stream", "--source", "kafka", "--out", folder.resolve("o").toString());
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("--root is missing"), ran.err());
    }

    @Test
    void stream_kafkaWithoutServers_saysWhatIsMissing() {
        Ran ran = stream("--source", "kafka", "--root", folder.toString(), "--option", "subscribe=calls");
        assertEquals(2, ran.code(), ran.err());
        assertTrue(
                ran.err().contains("kafka: Spark cannot read it: ") && ran.err().contains("; check each --option"),
                ran.err());
    }
}
