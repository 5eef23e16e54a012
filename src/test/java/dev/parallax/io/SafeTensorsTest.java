package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {

    private static final String TWO_FLOATS = "{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

    private static SafeTensors.Builder example() {
        return new SafeTensors.Builder()
                .metadata("parallax", "{\"version\":1}")
                .metadata("note", "Größe \"x\"\n")
                .bytes("words", new int[] {3}, new byte[] {1, -1, 0})
                .floats("weight", new int[] {2, 3}, new float[] {1, -2, Float.NaN, Float.MIN_VALUE, -0f, 1e38f})
                .ints("offsets", new int[] {2}, new int[] {Integer.MIN_VALUE, 7})
                .floats("scalar", new int[] {}, new float[] {3.5f})
                .floats("none", new int[] {0, 4}, new float[0]);
    }

    @Test
    void write_thenRead_givesEverythingBack(@TempDir Path folder) {
        Path file = folder.resolve("m.safetensors");
        example().write(file);
        SafeTensors read = SafeTensors.read(file);
        assertEquals(Map.of("parallax", "{\"version\":1}", "note", "Größe \"x\"\n"), read.metadata());
        assertEquals(List.of("parallax", "note"), List.copyOf(read.metadata().keySet()));
        assertEquals(List.of("weight", "offsets", "scalar", "none", "words"), read.names());
        assertArrayEquals(new byte[] {1, -1, 0}, read.bytes("words"));
        assertArrayEquals(new float[] {1, -2, Float.NaN, Float.MIN_VALUE, -0f, 1e38f}, read.floats("weight"));
        assertArrayEquals(new int[] {Integer.MIN_VALUE, 7}, read.ints("offsets"));
        assertArrayEquals(new float[] {3.5f}, read.floats("scalar"));
        assertArrayEquals(new float[0], read.floats("none"));
        assertArrayEquals(new int[] {2, 3}, read.shape("weight"));
        assertArrayEquals(new int[] {}, read.shape("scalar"));
        assertEquals("U8", read.dtype("words"));
        assertTrue(read.contains("none"));
        assertFalse(read.contains("weights"));
    }

    @Test
    void toBytes_anyTensors_alignsDataToEightBytesAndRepeats() {
        byte[] bytes = example().toBytes();
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, header % 8);
        assertArrayEquals(bytes, example().toBytes());
    }

    @Test
    void parse_fileOfTheReferenceWriter_isRead() throws IOException {
        try (var in = SafeTensorsTest.class.getResourceAsStream("/golden/metrics_sklearn.safetensors")) {
            assertTrue(in != null);
            SafeTensors golden = SafeTensors.parse(in.readAllBytes(), "metrics");
            assertArrayEquals(new int[] {5, 5}, golden.shape("0.confusion"));
            assertEquals(200, golden.ints("0.truth").length);
            assertEquals("1.2.1", golden.metadata().get("sklearn"));
        }
    }

    @Test
    void floats_missingOrOtherType_saysWhatThereIs() {
        SafeTensors tensors = SafeTensors.parse(example().toBytes(), "m");
        assertMessage("m: no tensor \"wieght\" among its 5; did you mean \"weight\"?", () -> tensors.floats("wieght"));
        assertMessage("m: no tensor \"zzzzzzzzzz\" among its 5", () -> tensors.shape("zzzzzzzzzz"));
        assertMessage("m: tensor \"weight\" has type F32, expected I32", () -> tensors.ints("weight"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'a':{'dtype':'F33','shape':[2],'data_offsets':[0,8]}}                   | f header: a: unknown dtype "F33"
            {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}                   | f header: a: F32 [3] takes 12 bytes, data_offsets give 8
            {'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}                  | f header: a: shape [-2] has a negative size
            {'a':{'dtype':'F32','shape':[2147483647,2147483647,4],'data_offsets':[0,8]}} | f header: a: shape [2147483647, 2147483647, 4] is larger than any file
            {'a':{'dtype':'F32','shape':[99999999999],'data_offsets':[0,8]}}         | f header: a.shape[0]: expected a whole number of 32 bits, found 99999999999
            {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}                   | f header: a: data_offsets must be [begin, end] with 0 <= begin <= end, are [8, 0]
            {'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}                     | f header: a: data_offsets must be [begin, end] with 0 <= begin <= end, are [0]
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}                   | f: tensor "a" begins at byte 4 of the data, expected 0 (hole)
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}                   | f: the tensors take 4 bytes, the file holds 8; something was appended
            {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}                  | f: the tensors take 12 bytes, the file holds 8; it is cut off, copy it again
            {'a':T,'b':T}                                                            | f: tensor "b" begins at byte 0 of the data, expected 8 (overlap)
            {'a':T,'a':T}                                                            | f header line 1, column 58: not valid JSON: field "a" occurs twice
            {'a':{'dtype':'F32','shape':[2]}}                                        | f header: a.data_offsets: is missing, expected an array
            {'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}                     | f header: a.shape: expected an array, found 2
            {'a':7}                                                                  | f header: a: expected an object, found 7
            {'__metadata__':{'k':7},'a':T}                                           | f header: __metadata__.k: expected a string, found 7
            {'a':T                                                                   | f header line 1, column 54: not valid JSON: it ends too early
            """)
    void parse_wrongHeader_isOneLine(String header, String message) {
        byte[] file = file(header.replace("T", TWO_FLOATS).replace('\'', '"'), 8);
        assertMessage(message, () -> SafeTensors.parse(file, "f"));
    }

    @Test
    void parse_everyCutOfAFile_isRefused() {
        byte[] whole = example().toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(BadInputException.class, () -> SafeTensors.parse(cut, "f"), "cut to " + length);
        }
    }

    @Test
    void parse_hugeHeaderLength_isRefusedBeforeAllocating() {
        byte[] file = file("{}", 0);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(-2L);
        assertMessage(
                "f: not a safetensors file, or cut off: its header would have 18446744073709551614 bytes, the file has 10;"
                        + " copy it again, or name another file",
                () -> SafeTensors.parse(file, "f"));
    }

    @Test
    void read_missingFileOrFolder_isOneLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("none");
        assertMessage(file + ": no such file", () -> SafeTensors.read(file));
        assertMessage(folder + ": is a folder, expected a file; name one in it", () -> SafeTensors.read(folder));
        Files.writeString(file, "version https://git-lfs.github.com/spec/v1\n");
        assertTrue(Refusal.of(() -> SafeTensors.read(file)).contains("not a safetensors file"));
    }

    @Test
    void builder_shapeOfOtherCountOrNameTwice_isRefused() {
        SafeTensors.Builder builder = new SafeTensors.Builder().ints("a", new int[] {1}, new int[1]);
        assertThrows(ShapeException.class, () -> builder.floats("b", new int[] {2, 2}, new float[3]));
        assertThrows(IllegalArgumentException.class, () -> builder.floats("a", new int[] {1}, new float[1]));
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(message, Refusal.of(action));
    }
}
