package dev.parallax.pretrained.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchFileTest {

    private static final long[] NO_AXES = {};

    private static TorchWriter six() {
        return new TorchWriter().floats("0", 0, 1, 2, 3, 4, 5);
    }

    private static Map<String, StoredTensor> tensors(byte[] file) {
        return TorchFile.tensors(MemorySegment.ofArray(file), "f");
    }

    private static StoredTensor tensor(byte[] file, String name) {
        return Objects.requireNonNull(tensors(file).get(name));
    }

    private static float[] floats(TorchWriter writer, String name) {
        float[] zipped = tensor(writer.zipped(), name).floats(name);
        assertArrayEquals(zipped, tensor(writer.legacy(), name).floats(name));
        return zipped;
    }

    @ParameterizedTest
    @CsvSource({
        "DoubleStorage, F64, 8, 000000000000f03f0000000000000080",
        "FloatStorage, F32, 4, 0000803f00000080",
        "HalfStorage, F16, 2, 003c0080",
        "BFloat16Storage, BF16, 2, 803f0080"
    })
    void tensors_eachRealType_isRead(String storage, ElementType type, int bytes, String hex) {
        TorchWriter writer = new TorchWriter()
                .storage("7", storage, bytes, HexFormat.of().parseHex(hex))
                .vector("a", "7");
        assertArrayEquals(new float[] {1, -0f}, floats(writer, "a"));
        assertEquals(type, tensor(writer.zipped(), "a").type());
    }

    @ParameterizedTest
    @CsvSource({"LongStorage, I64, 8", "IntStorage, I32, 4", "ByteStorage, U8, 1", "BoolStorage, BOOL, 1"})
    void tensors_eachOtherType_isListedAndNotRead(String storage, ElementType type, int bytes) {
        TorchWriter writer = new TorchWriter()
                .storage("7", storage, bytes, new byte[3 * bytes])
                .vector("ids", "7");
        for (byte[] file : List.of(writer.zipped(), writer.legacy())) {
            StoredTensor tensor = tensor(file, "ids");
            assertEquals(type, tensor.type());
            assertEquals(List.of(3), tensor.shape());
            assertEquals(
                    "ids has type " + type + "; read are F32, F16, BF16 and F64, the others are only listed",
                    Refusal.of(() -> tensor.floats("ids")));
        }
    }

    @Test
    void tensors_windows_areReadInRowMajorOrder() {
        TorchWriter writer = six().tensor("matrix", "0", 0, new long[] {2, 3}, new long[] {3, 1})
                .tensor("transpose", "0", 0, new long[] {3, 2}, new long[] {1, 3})
                .tensor("column", "0", 1, new long[] {2, 1}, new long[] {3, 99})
                .tensor("part", "0", 2, new long[] {3}, new long[] {1})
                .tensor("everySecond", "0", 1, new long[] {3}, new long[] {2})
                .tensor("blocks", "0", 0, new long[] {2, 1, 2}, new long[] {3, 1, 1})
                .tensor("one", "0", 5, NO_AXES, NO_AXES)
                .tensor("repeated", "0", 4, new long[] {3}, new long[] {0})
                .tensor("none", "0", 6, new long[] {0, 4}, new long[] {4, 1});
        assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, floats(writer, "matrix"));
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, floats(writer, "transpose"));
        assertArrayEquals(new float[] {1, 4}, floats(writer, "column"));
        assertArrayEquals(new float[] {2, 3, 4}, floats(writer, "part"));
        assertArrayEquals(new float[] {1, 3, 5}, floats(writer, "everySecond"));
        assertArrayEquals(new float[] {0, 1, 3, 4}, floats(writer, "blocks"));
        assertArrayEquals(new float[] {5}, floats(writer, "one"));
        assertArrayEquals(new float[] {4, 4, 4}, floats(writer, "repeated"));
        assertArrayEquals(new float[] {}, floats(writer, "none"));
    }

    @Test
    void tensors_tied_shareOneStorage() {
        TorchWriter writer = six().vector("word", "0").vector("decoder", "0");
        for (byte[] file : List.of(writer.zipped(), writer.legacy())) {
            Map<String, StoredTensor> tensors = tensors(file);
            StoredTensor word = Objects.requireNonNull(tensors.get("word"));
            StoredTensor decoder = Objects.requireNonNull(tensors.get("decoder"));
            assertSame(word.storage(), decoder.storage());
        }
    }

    @Test
    void tensors_underModelOrZip64OrWithAComment_areFound() {
        float[] expected = {0, 1, 2, 3, 4, 5};
        TorchWriter wrapped = six().vector("a", "0").wrapped();
        assertArrayEquals(expected, floats(wrapped, "a"));
        assertEquals(List.of("a"), List.copyOf(tensors(wrapped.zipped()).keySet()));
        byte[] large = wrapped.zip().zip64().comment("made by hand").toBytes();
        assertArrayEquals(expected, tensor(large, "a").floats("a"));
    }

    @Test
    void floats_windowThatRepeatsMoreThanItsStorageHas_isRefusedBeforeAllocating() {
        long[] sizes = {1 << 30, 1 << 30, 1 << 30};
        StoredTensor huge =
                tensor(six().tensor("a", "0", 0, sizes, new long[] {0, 0, 0}).zipped(), "a");
        assertEquals(
                "a [1073741824, 1073741824, 1073741824] has more elements than its storage, it repeats some: at most 6 are read",
                Refusal.of(() -> huge.floats("a")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1                   | 6                   | 1
            0                   | 7                   | 1
            0                   | 2                   | 6
            -1                  | 1                   | 1
            0                   | -1                  | 1
            3                   | 2                   | -1
            0                   | 4294967296          | 0
            0                   | 3                   | 9223372036854775807
            9223372036854775807 | 2                   | 1
            7                   | 0                   | 1
            """)
    void tensors_windowBeyondItsStorage_isRefused(long offset, long size, long step) {
        TorchWriter writer = six().tensor("a", "0", offset, new long[] {size}, new long[] {step});
        String message = "f: tensor \"a\": offset " + offset + ", sizes [" + size + "] and strides [" + step
                + "] do not fit its storage of 6 elements";
        assertEquals(message, Refusal.of(() -> tensors(writer.zipped())));
        assertEquals(message, Refusal.of(() -> tensors(writer.legacy())));
    }

    @Test
    void tensors_sizesAndStridesOfOtherNumber_areRefused() {
        TorchWriter unequal = six().tensor("a", "0", 0, new long[] {2, 3}, new long[] {1});
        assertEquals(
                "f: tensor \"a\": has 2 sizes and 1 strides; expected equally many, at most 16",
                Refusal.of(() -> tensors(unequal.zipped())));
        TorchWriter many = six().tensor("a", "0", 0, new long[100], new long[100]);
        assertTrue(Refusal.of(() -> tensors(many.zipped())).contains("has 100 sizes"));
    }

    @Test
    void tensors_zipWithoutWhatItShouldHave_isRefused() {
        byte[] pickle = six().vector("a", "0").pickle();
        byte[] data = new byte[24];
        assertEquals(
                "f: is a zip archive with 0 entries NAME/data.pkl; expected a file that torch.save wrote, which has one",
                Refusal.of(() ->
                        tensors(new ZipWriter().entry("word/document.xml", data).toBytes())));
        assertTrue(Refusal.of(() -> tensors(new ZipWriter()
                        .entry("a/data.pkl", pickle)
                        .entry("b/data.pkl", pickle)
                        .toBytes()))
                .contains("with 2 entries NAME/data.pkl"));
        assertEquals(
                "f: storage \"0\" of 6 F32 is not in the file; it is damaged, copy it again",
                Refusal.of(() ->
                        tensors(new ZipWriter().entry("a/data.pkl", pickle).toBytes())));
        assertEquals(
                "f: storage \"0\" of 6 F32 has 23 bytes in the file; it is damaged, copy it again",
                Refusal.of(() -> tensors(new ZipWriter()
                        .entry("a/data.pkl", pickle)
                        .entry("a/data/0", new byte[23])
                        .toBytes())));
        assertEquals(
                "f: is not in little-endian order; save it again on another machine",
                Refusal.of(() -> tensors(new ZipWriter()
                        .entry("a/data.pkl", pickle)
                        .entry("a/data/0", data)
                        .entry("a/byteorder", "big".getBytes(StandardCharsets.US_ASCII))
                        .toBytes())));
        assertEquals(
                1,
                tensors(new ZipWriter()
                                .entry("a/data.pkl", pickle)
                                .entry("a/more/data.pkl", data)
                                .entry("a/data/0", data)
                                .entry("a/byteorder", "little".getBytes(StandardCharsets.US_ASCII))
                                .toBytes())
                        .size());
    }

    @Test
    void tensors_noStateDict_isRefused() {
        byte[] list = PickleWriter.start().op(PickleOpcode.EMPTY_LIST).stop();
        assertEquals(
                "f: does not hold a state dict, which is a map from names to tensors",
                Refusal.of(
                        () -> tensors(new ZipWriter().entry("a/data.pkl", list).toBytes())));
        assertEquals(
                "f: has no tensors; expected a state dict, or one under \"model\"",
                Refusal.of(() -> tensors(new TorchWriter().zipped())));
    }

    @Test
    void tensors_otherFile_isRefused() {
        assertEquals(
                "f: is no file that torch.save wrote; it begins neither like a zip archive nor like a pickle",
                Refusal.of(() -> tensors("<html>not found</html>".getBytes(StandardCharsets.US_ASCII))));
        assertTrue(Refusal.of(() -> tensors(new byte[0])).contains("begins neither"));
        assertEquals(
                "f: is a pickle, but no file that torch.save wrote",
                Refusal.of(() -> tensors(PickleWriter.start().whole(7).stop())));
    }

    @Test
    void tensors_legacyThatContradictsItself_isRefused() {
        byte[] file = six().vector("a", "0").legacy();
        int count = file.length - 24 - 8; // where the number of elements is
        byte[] more = file.clone();
        more[count] = 7;
        assertEquals(
                "f: storage \"0\" has 7 elements in one place and 6 in another; it is damaged, copy it again",
                Refusal.of(() -> tensors(more)));
        byte[] negative = file.clone();
        negative[count + 7] = (byte) 0x80;
        assertTrue(Refusal.of(() -> tensors(negative)).contains("elements in one place"));
        assertEquals(
                "f: has 1 storages of 1, and 1 bytes behind them; it is damaged, copy it again",
                Refusal.of(() -> tensors(Arrays.copyOf(file, file.length + 1))));
        TorchWriter two = six().floats("1", 7).vector("a", "0").vector("b", "1");
        assertEquals(
                "f: has 1 storages of 2, and 0 bytes behind them; it is damaged, copy it again",
                Refusal.of(() -> tensors(two.legacy(List.of("0")))));
        byte[] protocol = file.clone();
        protocol[18]++;
        assertEquals("f: has another protocol of torch.save than 1001", Refusal.of(() -> tensors(protocol)));
        byte[] bigEndian = file.clone();
        bigEndian[42] = (byte) PickleOpcode.NEWFALSE.code();
        assertEquals(
                "f: is not in little-endian order; save it again on another machine",
                Refusal.of(() -> tensors(bigEndian)));
        TorchWriter unused = six().floats("9", 1).vector("a", "0");
        assertEquals(
                "f: has a storage that no tensor uses, of unknown type", Refusal.of(() -> tensors(unused.legacy())));
    }

    @Test
    void tensors_everyCutOfAFile_isRefused() {
        TorchWriter writer = six().vector("a", "0");
        for (byte[] whole : List.of(writer.zipped(), writer.zip().zip64().toBytes(), writer.legacy())) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                String message = Refusal.of(() -> tensors(cut));
                assertTrue(message.startsWith("f: "), message);
            }
        }
    }
}
