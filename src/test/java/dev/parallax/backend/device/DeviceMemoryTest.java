package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BackendException;
import dev.parallax.ShapeException;
import dev.parallax.TestDevices;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DoubleBits;
import dev.parallax.backend.Memory;
import dev.parallax.backend.Offsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Device memory is given back by whoever asked for it, transfers are few, and what goes wrong has a message.
@Tag("device")
class DeviceMemoryTest {

    private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
    private DeviceBackend backend;

    @BeforeEach
    void open() {
        backend = new DeviceBackend(TestDevices.open(), complaints::add);
    }

    @AfterEach
    void close() {
        if (backend != null) {
            backend.close();
            assertEquals(0, backend.liveBytes());
            assertEquals(0, backend.heldBytes());
        }
    }

    private float[] values(Buffer buffer) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        return values;
    }

    private static float[] counting(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i;
        }
        return values;
    }

    @Test
    void close_ofAMemory_givesItsBuffersBack() {
        Memory memory = backend.memory();
        Buffer buffer = memory.allocate(100);
        memory.allocate(0);
        assertEquals(400, backend.liveBytes());
        backend.upload(counting(100), buffer); // still waiting when the memory ends
        memory.close();
        memory.close();
        assertEquals(0, backend.liveBytes());
        assertThrows(IllegalStateException.class, () -> backend.fill(1, buffer));
        assertThrows(IllegalStateException.class, () -> memory.allocate(1));
    }

    @Test
    void close_ofTheBackend_givesEverythingBack() {
        backend.allocate(10);
        Memory memory = backend.memory();
        memory.allocate(10);
        backend.close();
        backend.close();
        memory.close();
        assertEquals(0, backend.liveBytes());
        assertEquals(0, backend.heldBytes());
    }

    @Test
    void memory_thatIsLost_isFreedAndComplainedAboutOnce() throws InterruptedException {
        lose();
        lose();
        String complaint = null;
        for (int i = 0; i < 100 && complaint == null; i++) {
            System.gc();
            complaint = complaints.poll(100, TimeUnit.MILLISECONDS);
        }
        assertTrue(String.valueOf(complaint).startsWith("opencl: 400 bytes of device memory were lost"), complaint);
        for (int i = 0; i < 100 && backend.liveBytes() > 0; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertEquals(0, backend.liveBytes());
        assertTrue(complaints.isEmpty());
    }

    private void lose() {
        backend.memory().allocate(100);
    }

    @Test
    void backend_thatIsLost_isClosedAndComplainedAbout() throws InterruptedException {
        loseABackend();
        String complaint = null;
        for (int i = 0; i < 100 && complaint == null; i++) {
            System.gc();
            complaint = complaints.poll(100, TimeUnit.MILLISECONDS);
        }
        assertTrue(
                String.valueOf(complaint).matches("opencl: the device, with [\\d.]+ \\w+ of its memory, was lost .*"),
                complaint);
    }

    private void loseABackend() {
        DeviceBackend lost = new DeviceBackend(TestDevices.open(), complaints::add);
        lost.allocate(100);
        lost.memory().close();
    }

    @Test
    void buffer_ofAMemoryOutOfReach_keepsItAlive() throws InterruptedException {
        Buffer buffer = backend.memory().allocate(100).slice(1, 3);
        backend.fill(2, buffer);
        System.gc();
        Thread.sleep(50);
        assertArrayEquals(new float[] {2, 2, 2}, values(buffer));
        assertTrue(complaints.isEmpty());
    }

    @Test
    void uploads_toAdjacentPlaces_areOneTransfer() {
        Buffer out = backend.allocate(100);
        long before = backend.counts().uploads();
        backend.uploadAll(List.of(new float[] {1, 2}, new float[] {3}), out.slice(0, 3));
        backend.upload(new float[] {4, 5}, out.slice(3, 2));
        backend.upload(new float[] {6, 7}, out.slice(5, 2));
        values(out);
        assertEquals(1, backend.counts().uploads() - before);
        backend.upload(new float[] {1}, out.slice(50, 1));
        backend.upload(new float[] {2}, out.slice(52, 1));
        assertArrayEquals(new float[] {1, 0, 2}, values(out.slice(50, 3)));
        assertEquals(3, backend.counts().uploads() - before);
    }

    /// Twice what the staging memory holds, at a place that is not its beginning.
    @Test
    void upload_ofMoreThanStaged_arrives() {
        float[] large = counting((2 << 20) + 5);
        Buffer out = backend.allocate(large.length + 2);
        backend.upload(new float[] {-1}, out.slice(0, 1));
        backend.upload(large, out.slice(1, large.length));
        backend.upload(new float[] {-2}, out.slice(large.length + 1, 1));
        float[] values = values(out);
        assertEquals(-1, values[0]);
        assertEquals(-2, values[large.length + 1]);
        for (int i = 0; i < large.length; i++) {
            assertEquals(large[i], values[i + 1]);
        }
    }

    @Test
    void offsets_ofTheSameContent_areSentOnce() {
        Buffer x = backend.allocate(6);
        backend.sequenceMean(x, Offsets.ofLengths(2, 1), 2, backend.allocate(4));
        long before = backend.counts().uploads();
        backend.sequenceMean(x, Offsets.ofLengths(2, 1), 2, backend.allocate(4));
        assertEquals(0, backend.counts().uploads() - before);
        backend.sequenceMean(x, Offsets.ofLengths(1, 2), 2, backend.allocate(4));
        assertEquals(1, backend.counts().uploads() - before);
    }

    /// More lists than there is room for: the first ones are forgotten, and sent again.
    @Test
    void offsets_moreThanTheRoom_areAllRight() {
        int rows = 50_000;
        Buffer x = backend.allocate(rows + 20);
        backend.upload(counting(rows + 20), x);
        Buffer out = backend.allocate(rows);
        for (int round = 0; round < 12; round++) {
            int[] lengths = new int[rows];
            Arrays.fill(lengths, 1);
            lengths[0] += round;
            backend.sequenceMax(x.slice(0, rows + round), Offsets.ofLengths(lengths), 1, out);
            assertArrayEquals(
                    new float[] {round, round + 1, rows - 1 + round},
                    new float[] {values(out)[0], values(out)[1], values(out)[rows - 1]});
        }
        assertTrue(backend.heldBytes() < 8 << 20);
    }

    @Test
    void ids_areReadByKernels() {
        Buffer table = backend.allocate(8);
        backend.upload(counting(8), table);
        int[] ids = {3, 0, 3};
        Buffer out = backend.allocate(6);
        backend.gatherRows(table, ids, 2, out);
        assertArrayEquals(new float[] {6, 7, 0, 1, 6, 7}, values(out));
        backend.scatterRowsAdd(out, ids, 2, table);
        assertArrayEquals(new float[] {0, 2, 2, 3, 4, 5, 18, 21}, values(table));
    }

    @Test
    void allocate_moreThanThereIs_saysWhatWasAskedAndHeldAndFree() {
        BackendException error;
        int blocks = 10_000;
        try (Device device = TestDevices.open()) { // without a backend, which would write to all that it gets
            Heap heap = new Heap(device);
            heap.allocate(4 << 20);
            error = assertThrows(
                    BackendException.class,
                    () -> IntStream.range(0, blocks).forEach(i -> heap.allocate(4L * (Integer.MAX_VALUE - 8))));
            assertTrue(heap.held() <= device.properties().bytes());
            heap.freeAll();
        }
        String message = String.valueOf(error.getMessage());
        assertTrue(
                message.matches("opencl:0 .* out of device memory: 8\\.0 GiB asked for, [\\d.]+ [MG]iB held, [\\d.]+"
                        + " \\w+ free(, but at most [\\d.]+ \\w+ in one block)?; make the batch smaller .*"),
                message);
    }

    /// The device reads a double where its first half lies, so that must be aligned.
    @Test
    void sumOfSquares_toAnOddPlace_isRefused() {
        Buffer x = backend.allocate(10);
        backend.fill(2, x);
        Buffer out = backend.allocate(5);
        backend.sumOfSquares(x, out.slice(2, 2));
        assertEquals(40, DoubleBits.get(values(out), 2));
        String message =
                String.valueOf(assertThrows(ShapeException.class, () -> backend.sumOfSquares(x, out.slice(1, 2)))
                        .getMessage());
        assertEquals("a sum of squares is 2 values from an even place on, not 2 from 1 on", message);
    }

    @Test
    void calls_ofSeveralThreads_areAllDone() {
        Buffer out = backend.allocate(64);
        IntStream.range(0, 64).parallel().forEach(i -> {
            try (Memory memory = backend.memory()) {
                Buffer own = memory.allocate(1000);
                backend.fill(i, own);
                Buffer sum = memory.allocate(1);
                backend.sumRowsAdd(own, 1000, sum);
                backend.copy(sum, out.slice(i, 1));
            }
        });
        float[] values = values(out);
        for (int i = 0; i < 64; i++) {
            assertEquals(1000f * i, values[i]);
        }
    }
}
