package dev.parallax.pretrained.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parallax.BadInputException;
import dev.parallax.io.SafeTensors;
import dev.parallax.random.RandomStream;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/// Small files of each format with random damage. Each is either read or refused with one line, and never
/// makes its reader allocate more than a small file can need. `-Dparallax.mutations=1000000` tries more.
class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("parallax.mutations", 40_000);
    private static final long MOST_BYTES = 8 << 20;
    private static final int STREAM = 77;

    private static final int[] TELLING = {0, 1, 2, 4, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, -1, -8};

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static TorchWriter torch() {
        return new TorchWriter()
                .floats("0", 1, 2, 3, 4, 5, 6)
                .storage("1", "HalfStorage", 2, new byte[8])
                .storage("2", "LongStorage", 8, new byte[16])
                .tensor("encoder.weight", "0", 1, new long[] {2, 2}, new long[] {1, 2})
                .vector("encoder.bias", "1")
                .vector("position_ids", "2")
                .vector("decoder.bias", "0")
                .wrapped();
    }

    @Test
    void zip_damaged_isReadOrRefused() {
        damage(torch().zipped(), TorchFile::tensors, 1);
    }

    @Test
    void zip64_damaged_isReadOrRefused() {
        damage(torch().zip().zip64().toBytes(), TorchFile::tensors, 2);
    }

    /// What is around the pickle of an archive is left whole here.
    @Test
    void pickle_damaged_isReadOrRefused() {
        TorchWriter whole = torch();
        damage(
                whole.pickle(),
                (pickle, where) -> {
                    Unpickler unpickler = new Unpickler(new ByteCursor(pickle, where));
                    Pickled value = unpickler.read();
                    Map<String, MemorySegment> storages = new HashMap<>();
                    unpickler
                            .storages()
                            .keySet()
                            .forEach(key -> storages.put(key, MemorySegment.ofArray(new byte[24])));
                    return TorchFile.tensors(value, storages, where);
                },
                3);
    }

    @Test
    void legacy_damaged_isReadOrRefused() {
        damage(torch().legacy(), TorchFile::tensors, 4);
    }

    @Test
    void safetensors_damaged_isReadOrRefused() {
        byte[] file = new SafeTensors.Builder()
                .floats("encoder.weight", new int[] {2, 2}, new float[4])
                .ints("position_ids", new int[] {3}, new int[3])
                .floats("encoder.bias", new int[] {2}, new float[2])
                .toBytes();
        damage(file, SafeTensorsFile::tensors, 5);
    }

    @Test
    void onnx_damaged_isReadOrRefused() {
        byte[] file = new OnnxWriter()
                .node("/encoder/dense/MatMul", "x", "onnx::MatMul_1")
                .initializer("onnx::MatMul_1", 1, OnnxWriter.floats(1, 2, 3, 4, 5, 6), 2, 3)
                .initializer("encoder.dense.bias", 10, new byte[4], 2)
                .model();
        damage(file, OnnxWeights::tensors, 6);
    }

    private void damage(byte[] whole, BiFunction<MemorySegment, String, Map<String, StoredTensor>> reader, int item) {
        assertFalse(readAll(whole, reader) == 0, "the file is not good before it is damaged");
        int read = 0;
        for (int i = 0; i < MUTATIONS / 6; i++) {
            byte[] damaged = mutate(whole, new RandomStream(20231, i, STREAM, item));
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                readAll(damaged, reader);
                read++;
            } catch (BadInputException e) {
                String message = String.valueOf(e.getMessage());
                assertTrue(message.startsWith("f") && !message.contains("\n"), message);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutation " + i + ": " + e, e);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < MOST_BYTES, "mutation " + i + " allocates " + allocated + " bytes");
        }
        assertTrue(read > 0 && read < MUTATIONS / 6, read + " of " + MUTATIONS / 6 + " are read");
    }

    /// Reads a file and all of its numbers; returns how many.
    private static int readAll(byte[] file, BiFunction<MemorySegment, String, Map<String, StoredTensor>> reader) {
        Map<String, StoredTensor> tensors = reader.apply(MemorySegment.ofArray(file), "f");
        int count = 0;
        for (StoredTensor tensor : tensors.values()) {
            if (tensor.type().isReal()) {
                count += tensor.floats("f").length;
            }
        }
        return count;
    }

    /// One to four of: a byte changed, a telling number written over, a stretch copied, a stretch cut
    /// out, the end cut off.
    private static byte[] mutate(byte[] whole, RandomStream random) {
        byte[] bytes = whole.clone();
        for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > 8; n--) {
            int at = random.nextInt(bytes.length - 8);
            int length = 1 + random.nextInt(8);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> bytes[at] = (byte) random.nextInt(256);
                case 3, 4 -> writeNumber(bytes, at, random);
                case 5 -> System.arraycopy(bytes, random.nextInt(bytes.length - 8), bytes, at, length);
                case 6 -> {
                    byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
                    System.arraycopy(bytes, at + length, shorter, at, shorter.length - at);
                    bytes = shorter;
                }
                default -> {
                    if (random.nextInt(8) == 0) {
                        bytes = Arrays.copyOf(bytes, at);
                    }
                }
            }
        }
        return bytes;
    }

    private static void writeNumber(byte[] bytes, int at, RandomStream random) {
        int value = TELLING[random.nextInt(TELLING.length)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (random.nextInt(3)) {
            case 0 -> buffer.putShort(at, (short) value);
            case 1 -> buffer.putInt(at, value);
            default -> buffer.putLong(at, value);
        }
    }

    @Test
    void mutate_sameSeed_givesTheSameBytes() {
        byte[] whole = torch().legacy();
        byte[] once = mutate(whole, new RandomStream(20231, 5, STREAM, 1));
        assertEquals(0, Arrays.compare(once, mutate(whole, new RandomStream(20231, 5, STREAM, 1))));
        assertFalse(Arrays.equals(whole, once));
    }
}
