package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.corpus.Corpora;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.spark.LocalSession.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `features` and `corpus stats` of a table.
final class TablesTest {

    @TempDir
    private Path folder;

    @Test
    void features_ofATable_areThoseOfOneMachine() throws Exception {
        Path manifest = LocalSession.manifest(folder, 8);
        String out = folder.resolve("features").toString();
        Ran ran = LocalSession.spark("features", "--in", manifest.toString(), "--out", out);
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("8 in = 6 with features + 2 with a reason"), ran.out());
        List<Row> rows =
                LocalSession.get().read().parquet(out).where("error IS NULL").collectAsList();
        assertEquals(6, rows.size());
        for (Row row : rows) {
            var expected = new FeatureExtractor(FeatureConfig.preset("speech"))
                    .extract(AudioFile.read(folder.resolve(row.<String>getAs("audio"))), _ -> {}, 1);
            List<Float> values = new ArrayList<>();
            for (float value : expected.values()) {
                values.add(value);
            }
            assertEquals(values, row.getList(row.fieldIndex("values")));
            assertEquals(expected.frames(), row.<Integer>getAs("frames"));
        }
    }

    @Test
    void features_folderOfATableWithoutDialogues_isRefusedBeforeAnythingIsComputed() throws Exception {
        Path table = Files.writeString(folder.resolve("none.csv"), "id,audio\na,clip.wav\n");
        Path out = folder.resolve("none-features");
        Ran ran = LocalSession.spark(
                "features",
                "--features",
                "functionals",
                "--in",
                table.toString(),
                "--out",
                out.toString(),
                "--folder",
                folder.resolve("none-made").toString());
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("there is no column \"dialogue\""), ran.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void features_folderInTheTableOrTheOtherWayRound_isRefusedBeforeAnythingIsWritten() throws Exception {
        Path manifest = LocalSession.manifest(folder, 1);
        String wav = folder.resolve("wav").toString();
        for (List<String> places : List.of(
                List.of(manifest.toString(), "features", "features/made"),
                List.of(manifest.toString(), "features", "features-unfinished/made"),
                List.of(manifest.toString(), "made/features", "made"),
                List.of(wav, "features", "wav/made"))) {
            Ran ran = LocalSession.spark(
                    "features",
                    "--features",
                    "functionals",
                    "--in",
                    places.get(0),
                    "--out",
                    folder.resolve(places.get(1)).toString(),
                    "--folder",
                    folder.resolve(places.get(2)).toString());
            assertEquals(2, ran.code(), ran.err());
            assertTrue(ran.err().contains(" lies in that of --"), ran.err());
            assertFalse(Files.exists(folder.resolve(places.get(1))));
            assertFalse(Files.exists(folder.resolve(places.get(2))));
        }
    }

    @Test
    void features_asAFolder_isACorpusThatTrainReads() throws Exception {
        Path manifest = LocalSession.manifest(folder, 6);
        Path made = folder.resolve("made");
        Ran ran = LocalSession.spark(
                "features",
                "--features",
                "functionals",
                "--in",
                manifest.toString(),
                "--out",
                folder.resolve("features").toString(),
                "--folder",
                made.toString());
        assertEquals(0, ran.code(), ran.err());
        assertEquals(5, Corpora.open("features:" + made).utterances().size());
    }

    @Test
    void corpusStats_ofATable_countsWhatIsThere() throws Exception {
        Path manifest = LocalSession.manifest(folder, 8);
        Files.copy(folder.resolve("wav/clip0.wav"), folder.resolve("wav/copy.wav"));
        dev.parallax.audio.file.WavWriter.PCM_16.write(
                folder.resolve("wav/silent.wav"), new dev.parallax.audio.Audio(new float[8000], 8000));
        float[] loud = new float[16000];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = i / 50 % 2 == 0 ? 1 : -1;
        }
        dev.parallax.audio.file.WavWriter.PCM_16.write(
                folder.resolve("wav/loud.wav"), new dev.parallax.audio.Audio(loud, 16000));
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        + "copy,wav/copy.wav,,,,s1\nsilent,wav/silent.wav,,,,\nloud,wav/loud.wav,,,,\n");
        String out = folder.resolve("facts").toString();
        Ran ran = LocalSession.spark("corpus", "stats", "--in", manifest.toString(), "--out", out, "--json");
        assertEquals(0, ran.code(), ran.err());
        JsonObject json = Json.parseObject(ran.out(), "stats");
        assertEquals(11, json.whole("rows"));
        assertEquals(9, json.whole("recordings"));
        assertEquals(2, json.whole("withoutFacts"));
        assertEquals(1, json.whole("soundsThatRepeat"));
        assertEquals(2, json.whole("recordingsOfThem"));
        assertEquals(1, json.object("faults").whole("silent"));
        assertEquals(1, json.object("faults").whole("clipped"));
        assertEquals(
                "{\"16000\":8,\"8000\":1}", json.object("sampleRates").toText().replace(" ", ""));
        assertEquals(5, json.object("speakers").whole("s1"));
        assertEquals(0.6, json.number("shortestSeconds"), 1e-12);
    }
}
