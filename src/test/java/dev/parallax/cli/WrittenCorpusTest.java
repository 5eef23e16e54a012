package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Csv;
import dev.parallax.io.Npy;
import dev.parallax.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `corpus` and `features` on a corpus that `corpus synthesize` has written.
class WrittenCorpusTest {

    @TempDir
    static Path folder;

    private static Path corpus;

    @BeforeAll
    static void synthesize() {
        corpus = folder.resolve("corpus");
        Outcome.synthesized(corpus, 40);
    }

    private static String manifest() {
        return "manifest:" + corpus.resolve("manifest.csv");
    }

    @Test
    void features_everySuffix_holdsTheSameNumbers() {
        String npy = folder.resolve("f.npy").toString();
        String csv = folder.resolve("f.csv").toString();
        String tensors = folder.resolve("f.safetensors").toString();
        for (String out : List.of(npy, csv, tensors)) {
            Outcome outcome = Outcome.of(
                    "features",
                    "--audio",
                    corpus.resolve("wav").resolve("synthetic-00000.wav").toString(),
                    "--out",
                    out,
                    "--json");
            assertEquals(0, outcome.code(), outcome.err());
            assertEquals(40, outcome.json().integer("size"));
        }
        float[] values = Npy.read(Path.of(npy)).values();
        assertEquals(40, Npy.read(Path.of(npy)).shape()[1]);
        assertEquals(values[41], SafeTensors.read(Path.of(tensors)).floats("features")[41]);
        Csv table = Csv.read(Path.of(csv));
        assertEquals(values[41], Float.parseFloat(table.rows().get(1).get("mel1")));
    }

    @Test
    void corpus_stats_countsUtterances() {
        Outcome outcome = Outcome.of("corpus", "stats", manifest(), "--json");
        assertEquals(0, outcome.code());
        assertEquals(40, outcome.json().integer("utterances"));
    }

    @Test
    void corpus_verify_failsWhenARecordingIsGone() throws IOException {
        assertEquals(0, Outcome.of("corpus", "verify", manifest()).code());
        Path broken = Files.writeString(
                folder.resolve("broken.csv"), "id,audio,emotion\na,nowhere.wav,joy\nb,nothing.wav,fear\n");
        Outcome outcome = Outcome.of("corpus", "verify", "manifest:" + broken, "--json");
        assertEquals(1, outcome.code());
        assertFalse(outcome.json().flag("ok"));
    }

    @Test
    void corpus_synthesizeTwice_isRefused() {
        Outcome outcome = Outcome.of("corpus", "synthesize", "--size", "40", "--out", corpus.toString());
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("manifest.csv"), outcome.err());
    }
}
