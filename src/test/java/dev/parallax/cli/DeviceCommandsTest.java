package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestDevices;
import dev.parallax.backend.device.DeviceBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command closes the device that it has opened, whether it ends well or with an error. One that did not would be
/// complained about once nobody can reach the backend any more.
@Tag("device")
class DeviceCommandsTest {

    private static final String COMPLAINT = "This is a mistake in Parallax";

    private final Map<String, ByteArrayOutputStream> errors = new LinkedHashMap<>(); // of each command line
    private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    /// Runs a command on the device.
    private void run(int code, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--backend", "opencl"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String line = String.join(" ", all);
        errors.put(line, err);
        int ended = Main.run(all.toArray(new String[0]), out, err);
        String said = err.toString(StandardCharsets.UTF_8);
        assertEquals(code, ended, line + "\n" + said);
        assertTrue(said.contains("backend=opencl:"), line + " did not open the device\n" + said);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void commands_thatEndWellOrWithAnError_closeTheirDevice() throws IOException, InterruptedException {
        TestDevices.first();
        TrainedRun run = TrainedRun.in(folder);
        String corpus = "manifest:" + run.corpus().resolve("manifest.csv");
        String model = run.run().toString();
        String none = path("none.safetensors");
        Files.writeString(Path.of(none), "no model");

        run(0, "predict", "--text", "so glad you came");
        run(2, "predict", "--text", "so glad you came", "--model", none);
        run(0, "evaluate", "--model", model, "--corpus", corpus, "--labels", "joy,fear", "--cache", path("cache"));
        run(2, "evaluate", "--model", none, "--corpus", corpus);
        run(2, "train", "--corpus", "manifest:" + path("none.csv"), "--out", path("a"));
        run(2, "study", "--corpus", "manifest:" + path("none.csv"), "--out", path("b"));
        run(2, "demo", "--out", path("c"), "--size", "80", "--set", "training.learningRate=1e30");
        assertNoneIsLost();
    }

    /// A device that is lost on purpose is complained about; none of those before is.
    private void assertNoneIsLost() throws InterruptedException {
        lose();
        String complaint = null;
        for (int i = 0; i < 100 && complaint == null; i++) {
            System.gc();
            complaint = complaints.poll(100, TimeUnit.MILLISECONDS);
        }
        assertTrue(String.valueOf(complaint).contains(COMPLAINT), complaint);
        Thread.sleep(100); // for others that were found by the same collection
        errors.forEach((line, err) -> {
            String said = err.toString(StandardCharsets.UTF_8);
            assertFalse(said.contains(COMPLAINT), line + "\n" + said);
        });
    }

    private void lose() {
        new DeviceBackend(TestDevices.first().open(TestDevices.CACHE), complaints::add).allocate(1);
    }
}
