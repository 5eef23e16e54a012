package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training again from the record of a model.
class ReproduceCommandTest {

    private static final int UTTERANCES = 60;

    @TempDir
    static Path folder;

    private static Path data;
    private static Path run;

    @BeforeAll
    static void makeAndTrain() {
        data = folder.resolve("data");
        run = folder.resolve("run");
        Outcome.synthesized(data, UTTERANCES);
        Path settings = folder.resolve("few.json");
        write(settings, "{\"training\": {\"batchSize\": 8}, \"network\": {\"text\": {\"hidden\": 6}}}");
        Outcome trained = trained(run, "--config", settings.toString(), "--set", "training.epochs=3");
        assertEquals(0, trained.code(), trained.err());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] corpus(Path at) {
        return new String[] {
            "--corpus",
            "manifest:" + at.resolve("manifest.csv"),
            "--cache",
            at.resolve("cache").toString()
        };
    }

    private static Outcome trained(Path out, String... more) {
        return all(Stream.of("train", "--out", out.toString(), "--features", "speech"), corpus(data), more);
    }

    private static Outcome reproduced(Path model, Path at, String... more) {
        return all(Stream.of("reproduce", model.toString()), corpus(at), more);
    }

    private static Outcome all(Stream<String> first, String[] second, String[] third) {
        return Outcome.of(Stream.of(first, Stream.of(second), Stream.of(third))
                .flatMap(all -> all)
                .toArray(String[]::new));
    }

    private static Path copied(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                if (!file.toString().contains("cache")) {
                    Files.copy(file, copy.resolve(data.relativize(file).toString()));
                }
            }
        }
        return copy;
    }

    @Test
    void reproduce_sameData_isTheSameFile() {
        Outcome outcome = reproduced(run, data, "--threads", "1");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("bit-identical: the same file"), outcome.out());
    }

    @Test
    void reproduce_intoAFolder_writesTheSameFile() throws IOException {
        Path out = folder.resolve("again");
        JsonObject json = reproduced(run, data, "--out", out.toString(), "--json", "--quiet")
                .json();
        assertTrue(json.flag("sameFile"));
        assertTrue(json.flag("trained"));
        assertEquals(-1, Files.mismatch(run.resolve("best.safetensors"), out.resolve("best.safetensors")));
        Outcome taken = reproduced(run, data, "--out", out.toString());
        assertEquals(2, taken.code());
        assertTrue(
                taken.err().contains("reproduce: --out " + out + " holds something already; give a new folder"),
                taken.err());
        assertFalse(taken.err().contains("--resume"), taken.err());
    }

    @Test
    void reproduce_noSuchModel_isNamedWithoutAnOption() {
        Path nowhere = folder.resolve("nowhere");
        Outcome outcome = reproduced(nowhere, data);
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("parallax: " + nowhere + ": no such file"), outcome.err());
    }

    @Test
    void reproduce_oneClipChanged_saysWhichAndTrainsNothing() throws IOException {
        Path other = copied("changed");
        Path clip;
        try (Stream<Path> files = Files.walk(other)) {
            clip = files.filter(file -> file.toString().endsWith(".wav"))
                    .sorted()
                    .toList()
                    .get(7);
        }
        Audio audio = AudioFile.read(clip);
        float[] samples = audio.samples().clone();
        samples[samples.length / 2] += 0.01f;
        WavWriter.PCM_16.write(clip, new Audio(samples, audio.sampleRate()));
        Path out = folder.resolve("not-written");
        Outcome outcome = reproduced(run, other, "--out", out.toString());
        assertEquals(1, outcome.code(), outcome.err());
        String name = clip.getFileName().toString().replace(".wav", "");
        assertTrue(
                outcome.out().contains("utterance " + name + " has other content than in the record"), outcome.out());
        assertFalse(Files.exists(out.resolve("best.safetensors")));
    }

    @Test
    void reproduce_otherWords_saysSo() throws IOException {
        Path other = copied("words");
        Path manifest = other.resolve("manifest.csv");
        write(manifest, Files.readString(manifest).replace("the ", "a "));
        Outcome outcome = reproduced(run, other);
        assertEquals(1, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("the same recordings with other words or emotions"), outcome.out());
    }

    @Test
    void reproduce_utteranceMissing_saysWhich() throws IOException {
        Path other = copied("fewer");
        Path manifest = other.resolve("manifest.csv");
        List<String> lines = Files.readAllLines(manifest);
        write(manifest, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
        Outcome outcome = reproduced(run, other);
        assertEquals(1, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("of the record is not there"), outcome.out());
    }

    @Test
    void reproduce_withWhatItWasNotTrainedOn_isOneLine() {
        Outcome kinds = Outcome.of("reproduce", run.toString(), "--corpus", "synthetic:1");
        assertEquals(2, kinds.code());
        assertTrue(kinds.err().contains("was trained on manifest, in this order; given is synthetic:1"), kinds.err());
        Outcome vectors = reproduced(run, data, "--vectors", "some.txt");
        assertEquals(2, vectors.code());
        assertTrue(vectors.err().contains("the model was trained without; leave it out"), vectors.err());
        assertEquals(2, Outcome.of("reproduce").code());
    }

    @Test
    void reproduce_embeddedCorpus_needsNoFiles() {
        Path small = folder.resolve("embedded");
        String[] corpus = {"--corpus", "synthetic:1"};
        String[] settings = {"--size", "80", "--features", "functionals", "--set", "training.epochs=2", "--quiet"};
        assertEquals(
                0,
                all(Stream.of("train", "--out", small.toString()), corpus, settings)
                        .code());
        Outcome outcome = Outcome.of("reproduce", small.toString(), "--corpus", "synthetic:1");
        assertEquals(0, outcome.code(), outcome.err() + outcome.out());
        assertTrue(outcome.out().contains("bit-identical"), outcome.out());
    }
}
