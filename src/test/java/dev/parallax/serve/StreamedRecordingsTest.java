package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.cli.Outcome;
import dev.parallax.io.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Streams of recordings that are not in the repository, against `predict`; and how long an answer takes. It runs where
/// it is told of a folder with WAV files of 16 kHz and 16 bits:
///
///     mvn test-compile surefire:test -Dtest=StreamedRecordingsTest -Dparallax.recordings=/data/emodb/wav
class StreamedRecordingsTest {

    private static final String FOLDER = "parallax.recordings";
    private static final int COUNT = 10;
    private static final int HEADER = 44;
    private static final int BLOCK = 640; // bytes, 20 ms

    private final List<Double> afterStep = new ArrayList<>(); // ms from the last sample of a step to its answer
    private final List<Double> afterEnd = new ArrayList<>(); // ms from the end to the final answer

    @Test
    void final_ofRecordings_isTheDocumentOfPredict() throws Exception {
        String folder = System.getProperty(FOLDER);
        assumeTrue(folder != null, "no folder of recordings is given: -D" + FOLDER + "=DIR");
        List<Path> clips;
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".wav"))
                    .sorted()
                    .toList();
            int step = Math.max(1, all.size() / COUNT);
            clips = Stream.iterate(0, i -> i + step)
                    .limit(Math.min(COUNT, all.size()))
                    .map(all::get)
                    .toList();
        }
        assertEquals(COUNT, clips.size());
        try (RunningService service = RunningService.plain()) {
            for (Path clip : clips) {
                JsonObject expected = Outcome.of("predict", "--audio", clip.toString(), "--json", "--backend", "scalar")
                        .json();
                assertEquals(expected.toText(), streamed(service, clip).toText(), clip.toString());
            }
        }
        report("from the last sample of a step to its answer", afterStep);
        report("from the end to the final answer", afterEnd);
    }

    /// The prediction of the final answer, over the whole clip; answers are awaited as they become due.
    private JsonObject streamed(RunningService service, Path clip) throws Exception {
        byte[] file = Files.readAllBytes(clip);
        try (StreamClient client = new StreamClient(service, "?window=30")) {
            client.next("ready");
            client.binary(Arrays.copyOf(file, HEADER));
            for (int at = HEADER; at < file.length; at += BLOCK) {
                long sent = System.nanoTime();
                client.binary(Arrays.copyOfRange(file, at, Math.min(file.length, at + BLOCK)));
                if ((at - HEADER) % 16000 + BLOCK == 16000) {
                    client.next("answer");
                    afterStep.add((System.nanoTime() - sent) / 1e6);
                }
            }
            long sent = System.nanoTime();
            client.text("{\"end\": true}");
            JsonObject last = client.rest().getLast();
            afterEnd.add((System.nanoTime() - sent) / 1e6);
            assertEquals("final", last.text("type"), last.toString());
            return last.object("prediction");
        }
    }

    private static void report(String what, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        assertTrue(!sorted.isEmpty());
        System.out.printf(
                Locale.ROOT,
                "%s: median %.1f ms, worst %.1f ms of %d%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.getLast(),
                sorted.size());
    }
}
