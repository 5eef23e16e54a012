package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `parallax(audio, text)` in SQL.
final class SqlTest {

    @TempDir
    private Path folder;

    @Test
    void parallax_ofBytesPathsAndText_isTheAnswerOfPredict() throws Exception {
        LocalSession.manifest(folder, 1);
        Path clip = folder.resolve("wav/clip0.wav");
        SparkSession spark = LocalSession.get();
        spark.conf().set("spark.parallax.root", folder.toUri().toString());
        spark.read().format("binaryFile").load(clip.toString()).createOrReplaceTempView("clips");
        Row bytes = spark.sql(
                        "SELECT parallax(content, 'so sad').decision AS d, parallax(content, 'so sad') AS a FROM clips")
                .first();
        Row path = spark.sql("SELECT parallax('wav/clip0.wav', 'so sad') AS a").first();
        String json = LocalSession.local(
                        "predict", "--audio", clip.toString(), "--text", "so sad", "--json", "--backend", "auto")
                .out();
        for (Row answer : List.<Row>of(bytes.getAs("a"), path.getAs("a"))) {
            assertEquals(Json.parseObject(json, "json").text("decision"), answer.getAs("decision"));
            assertEquals(
                    Json.parseObject(json, "json")
                            .object("fused")
                            .array("logits")
                            .toText(),
                    Json.array(answer.<Row>getAs("fused").<Double>getList(4).stream()
                                    .map(value -> (Json) new Json.Real(value))
                                    .toList())
                            .toText());
        }
        assertEquals(bytes.<Row>getAs("a").<String>getAs("decision"), bytes.<String>getAs("d"));
    }

    @Test
    void parallax_ofNothingOrBrokenSound_hasTheReason() throws Exception {
        Files.writeString(folder.resolve("b.wav"), "no sound");
        SparkSession spark = LocalSession.get();
        spark.conf().set("spark.parallax.root", folder.toUri().toString());
        Row row = spark.sql("SELECT parallax(null, null).error AS a, parallax('b.wav', null).error AS b,"
                        + " parallax(null, 'so glad').error AS c")
                .first();
        assertTrue(row.getString(0).contains("neither audio nor text"), row.getString(0));
        assertTrue(row.getString(1).contains("b.wav"), row.getString(1));
        assertEquals(null, row.getString(2));
        Exception wrong = assertThrows(
                Exception.class, () -> spark.sql("SELECT parallax('b.wav')").first());
        assertTrue(wrong.getMessage().contains("two arguments"), wrong.getMessage());
    }

    @Test
    void parallax_rootWithoutScheme_isAFolderThatLinksDoNotLeave() throws Exception {
        LocalSession.manifest(folder, 1);
        Files.createDirectories(folder.resolve("root"));
        Files.copy(folder.resolve("wav/clip0.wav"), folder.resolve("root/inside.wav"));
        Files.createSymbolicLink(folder.resolve("root/link.wav"), folder.resolve("wav/clip0.wav"));
        SparkSession spark = LocalSession.get();
        spark.conf().set("spark.parallax.root", folder.resolve("root").toString());
        Row row = spark.sql("SELECT parallax('inside.wav', null).error AS a, parallax('link.wav', null).error AS b")
                .first();
        assertEquals(null, row.getString(0));
        assertTrue(String.valueOf(row.getString(1)).contains("leaves the folder"), row.toString());
    }

    @Test
    void parallax_ofOtherTypes_isRefusedWhenTheQueryIsPlanned() {
        SparkSession spark = LocalSession.get();
        for (String query : List.of("parallax(null, 5)", "parallax(5, 'so glad')", "parallax(null, array('so'))")) {
            Exception wrong = assertThrows(
                    Exception.class,
                    () -> spark.sql("SELECT " + query + ".decision").first());
            assertTrue(wrong.getMessage().contains("is of type"), wrong.getMessage());
        }
    }
}
