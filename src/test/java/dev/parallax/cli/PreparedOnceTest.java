package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.MethodTraces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run prepares its corpus once: each recording is decoded for its facts and its features, and once more where its
/// sound is measured. Nothing is decoded for each model of a study. The JVM's flight recorder counts.
class PreparedOnceTest {

    private static final int RECORDINGS = 40;
    private static final List<String> SETTINGS =
            List.of("--set", "training.epochs=1", "--set", "network.audio.hidden=4", "--set", "network.audio.heads=1");

    @TempDir
    Path folder;

    @Test
    void commands_decodeEachRecordingOnceForFeaturesAndOnceForMeasures() throws IOException {
        Outcome.synthesized(folder.resolve("corpus"), RECORDINGS);
        assertEquals(
                2 * RECORDINGS, decoded(with("first", "train", "--as-recorded", "--features", "speech", out("run"))));
        long all = decoded(evaluate("second"));
        long tested = decoded(evaluate("second"));
        assertTrue(0 < tested && tested < RECORDINGS, () -> tested + " were measured");
        assertEquals(RECORDINGS + 2 * tested, all, "facts of all, features and measures of the test part");
        assertEquals(
                2 * RECORDINGS,
                decoded(with(
                        "third", "study", "--fusions", "late-add", "--losses", "fused", "--seeds", "1", out("study"))));
    }

    private String out(String name) {
        return "--out=" + folder.resolve(name);
    }

    private List<String> with(String cache, String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(SETTINGS);
        words.addAll(corpus(cache));
        return words;
    }

    private List<String> evaluate(String cache) {
        String model = folder.resolve("run").toString();
        return Stream.concat(Stream.of("evaluate", "--model", model), corpus(cache).stream())
                .toList();
    }

    private List<String> corpus(String cache) {
        String manifest = folder.resolve("corpus").resolve("manifest.csv").toString();
        return List.of(
                "--corpus",
                "manifest:" + manifest,
                "--cache",
                folder.resolve(cache).toString());
    }

    /// How many recordings are opened while a command runs.
    private long decoded(List<String> command) throws IOException {
        return MethodTraces.of(folder, "audio.file.AudioFile::<init>", command).stream()
                .filter(event -> event.getStackTrace().getFrames().stream()
                        // another view of an open file
                        .noneMatch(frame -> frame.getMethod().getName().equals("withChannel")))
                .count();
    }
}
