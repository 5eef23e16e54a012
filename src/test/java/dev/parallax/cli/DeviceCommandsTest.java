package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestDevices;
import dev.parallax.backend.device.DeviceBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command closes the device that it has opened, whether it ends well or with an error.
@Tag("device")
class DeviceCommandsTest {

    @TempDir
    Path folder;

    /// Runs a command on the device, which it must open and close.
    private void run(int code, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--backend", "opencl"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String line = String.join(" ", all);
        int before = DeviceBackend.countOpen();
        int ended = Main.run(all.toArray(new String[0]), out, err);
        String said = err.toString(StandardCharsets.UTF_8);
        assertEquals(code, ended, line + "\n" + said);
        assertTrue(said.contains("backend=opencl:"), line + " did not open the device\n" + said);
        assertEquals(before, DeviceBackend.countOpen(), line + " did not close the device");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void commands_thatEndWellOrWithAnError_closeTheirDevice() throws IOException {
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
    }
}
