package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BackendException;
import dev.parallax.TestDevices;
import dev.parallax.backend.device.Arguments;
import dev.parallax.backend.device.Device;
import dev.parallax.backend.device.DeviceBackend;
import dev.parallax.backend.device.DeviceProperties;
import dev.parallax.backend.device.Kernel;
import dev.parallax.io.Json;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that finds no device memory left ends with one line that says what was asked for and where; what it has saved
/// is intact, and it can be resumed.
@Tag("device")
class OutOfDeviceMemoryTest {

    private static final String LINE =
            "opencl:0 .* out of device memory: [\\d.]+ \\w+ asked for, [\\d.]+ \\w+ held, [\\d.]+ \\w+ free; make the"
                    + " batch smaller \\(batchSize\\), or close other programs on the device";

    @TempDir
    Path folder;

    /// A device with a limit on its memory.
    private static final class Limited implements Device {

        private final Device device;
        private final Map<Long, Long> blocks = new HashMap<>();
        private long limit = Long.MAX_VALUE; // bytes
        private long held;

        Limited(Device device) {
            this.device = device;
        }

        @Override
        public long allocate(long bytes) {
            if (bytes > limit - held) {
                return 0;
            }
            long block = device.allocate(bytes);
            blocks.put(block, bytes);
            held += bytes;
            return block;
        }

        @Override
        public void free(long block) {
            held -= Objects.requireNonNull(blocks.remove(block), "a block that it never gave");
            device.free(block);
        }

        @Override
        public long freeBytes(long ofBlocks) {
            return Math.max(0, limit - held);
        }

        @Override
        public long largestBlock() {
            return device.largestBlock();
        }

        @Override
        public DeviceProperties properties() {
            return device.properties();
        }

        @Override
        public Kernel kernel(String name) {
            return device.kernel(name);
        }

        @Override
        public MemorySegment staging(long bytes) {
            return device.staging(bytes);
        }

        @Override
        public void write(MemorySegment from, long block, long at) {
            device.write(from, block, at);
        }

        @Override
        public void read(long block, long at, MemorySegment out) {
            device.read(block, at, out);
        }

        @Override
        public void copy(long block, long at, long outBlock, long outAt, long bytes) {
            device.copy(block, at, outBlock, outAt, bytes);
        }

        @Override
        public void fill(int word, long block, long at, long count) {
            device.fill(word, block, at, count);
        }

        @Override
        public void launch(Kernel kernel, Arguments arguments, int x, int y, int z) {
            device.launch(kernel, arguments, x, y, z);
        }

        @Override
        public void finish() {
            device.finish();
        }

        @Override
        public void close() {
            device.close();
        }
    }

    private static TrainingSetup setup() {
        return TrainingRunTest.setup(
                Map.of("epochs", new Json.Whole(3), "patience", new Json.Whole(3), "batchSize", new Json.Whole(16)));
    }

    /// Trains into a folder.
    private static void train(Limited device, Path out, boolean resume, Trainer.Listener listener) {
        try (DeviceBackend backend = new DeviceBackend(device, Assertions::fail);
                Workers workers = new Workers(1);
                TrainingRun.Result result = TrainingRun.of(setup(), TrainingRunTest.CACHE, backend, workers)
                        .run(out, resume, listener)) {
            assertTrue(result.model().size() > 0);
        }
        assertEquals(0, device.held);
    }

    private static Limited device() {
        return new Limited(TestDevices.open());
    }

    private void assertStops(Limited device, boolean resume, Trainer.Listener listener, String where) {
        Path stopped = folder.resolve("stopped");
        BackendException error = assertThrows(BackendException.class, () -> train(device, stopped, resume, listener));
        String message = String.valueOf(error.getMessage());
        assertTrue(message.matches(where + LINE), message);
        assertEquals(0, device.held, "bytes that were not given back");
    }

    private void assertCanBeResumed() throws IOException {
        Path whole = folder.resolve("whole");
        Path stopped = folder.resolve("stopped");
        train(device(), whole, false, new Trainer.Listener() {});
        train(device(), stopped, true, new Trainer.Listener() {});
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("best.safetensors")),
                Files.readAllBytes(stopped.resolve("best.safetensors")));
        assertEquals(4, Files.readAllLines(stopped.resolve("metrics.csv")).size());
    }

    @Test
    void run_memoryEndsInTheScores_saysWhereAndCanBeResumed() throws IOException {
        Limited device = device();
        Trainer.Listener ending = new Trainer.Listener() {
            @Override
            public void stepEnded(int epoch, int step, int steps) {
                if (epoch == 2 && step == steps) {
                    device.limit = device.held;
                }
            }
        };
        assertStops(device, false, ending, "answers: examples 1 to \\d+ of \\d+: ");
        assertCanBeResumed();
    }

    /// Thrown where a user would have pressed Ctrl-C.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Once resumed, the run has a little less than the steps of its first epochs took.
    @Test
    void run_memoryEndsInAStep_saysWhichAndCanBeResumed() throws IOException {
        Limited first = device();
        Limited second = device();
        Path stopped = folder.resolve("stopped");
        assertThrows(
                Stopped.class,
                () -> train(first, stopped, false, new Trainer.Listener() {
                    @Override
                    public void stepEnded(int epoch, int step, int steps) {
                        if (epoch == 2) {
                            second.limit = first.held - 1;
                            throw new Stopped();
                        }
                    }
                }));
        byte[] checkpoint = Files.readAllBytes(stopped.resolve("last.safetensors"));
        assertStops(second, true, new Trainer.Listener() {}, "training: step \\d+, a batch of 16 examples: ");
        assertArrayEquals(checkpoint, Files.readAllBytes(stopped.resolve("last.safetensors")));
        assertCanBeResumed();
    }
}
