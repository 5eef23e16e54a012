package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.spark.LocalSession.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `score --segments` gives the stretches of `predict --segments`, bit for bit.
final class StretchScoreTest {

    @TempDir
    private Path folder;

    /// Stretches of a voice that swells three times a second, in faint noise.
    private void talk(String name, int stretches) {
        float[] samples = new float[stretches * 5 * 16000];
        Random noise = new Random(1);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (1e-4 * noise.nextGaussian());
        }
        for (int i = 0; i < stretches; i++) {
            float[] hum = LocalSession.hum(100 + 60 * i, 2).samples();
            for (int t = 0; t < hum.length; t++) {
                double loudness = Math.sin(Math.PI * 3 * t / 16000);
                samples[i * 5 * 16000 + 16000 + t] += (float) (hum[t] * loudness * loudness);
            }
        }
        WavWriter.PCM_16.write(folder.resolve(name), new Audio(samples, 16000));
    }

    private Path table() throws Exception {
        talk("long.wav", 3);
        talk("short.wav", 1);
        WavWriter.PCM_16.write(folder.resolve("silent.wav"), new Audio(new float[16000], 16000));
        Path table = folder.resolve("t.csv");
        return Files.writeString(
                table, "id,audio,text\na,long.wav,so glad\nb,short.wav,\nc,silent.wav,\nd,,so sad\ne,none.wav,\n");
    }

    @Test
    void score_segments_areThoseOfPredict() throws Exception {
        Path table = table();
        String out = folder.resolve("answers").toString();
        Ran ran = LocalSession.spark("score", "--in", table.toString(), "--segments", "--json-lines", "--out", out);
        assertTrue(ran.out().contains("5 in = 2 out + 3 refused: none lost, none twice"), ran.out() + ran.err());
        assertTrue(ran.err().contains("the column text is passed over"), ran.err());
        JsonObject local = Json.parseObject(
                LocalSession.local(
                                "predict",
                                "--audio",
                                folder.resolve("long.wav").toString(),
                                "--segments",
                                "--json",
                                "--backend",
                                "auto")
                        .out(),
                "local");
        List<Row> rows = LocalSession.get()
                .read()
                .parquet(out)
                .where("id = 'a'")
                .orderBy("from")
                .collectAsList();
        List<Json> stretches = local.array("segments").items();
        assertEquals(3, stretches.size());
        assertEquals(3, rows.size());
        for (int i = 0; i < rows.size(); i++) {
            JsonObject stretch = (JsonObject) stretches.get(i);
            assertEquals(stretch.number("from"), rows.get(i).<Double>getAs("from"));
            assertEquals(stretch.number("to"), rows.get(i).<Double>getAs("to"));
            assertEquals(
                    Json.object().with("id", "a").with(stretch).toText(),
                    rows.get(i).<String>getAs("json"));
            assertEquals(
                    local.text("audioHash"), rows.get(i).<Row>getAs("answer").<String>getAs("audioHash"));
        }
        List<Row> refused = LocalSession.get()
                .read()
                .parquet(out + "-refused")
                .orderBy("id")
                .collectAsList();
        assertTrue(refused.get(0).<String>getAs("error").contains("nobody speaks in"), refused.toString());
        assertTrue(refused.get(1).<String>getAs("error").contains("there is no recording"), refused.toString());
    }
}
