package dev.parallax.backend.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.cases.KernelCases;
import dev.parallax.backend.cases.KernelResult;
import dev.parallax.backend.select.SelfTest;
import dev.parallax.random.RandomStream;
import java.util.HashSet;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scalar kernels against independent results: another library's product, formulas in double, counting.
@Tag("backend")
class ScalarKernelsTest {

    private static final double UNIT = Math.ulp(1f);

    private final Backend backend = new ScalarBackend();
    private final RandomStream random = new RandomStream(1, 0, 0, 0);

    private Buffer normal(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Buffer buffer = backend.allocate(length);
        backend.upload(values, buffer);
        return buffer;
    }

    private float[] values(Buffer buffer) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        return values;
    }

    private DMatrixRMaj matrix(Buffer buffer, int rows, int columns, boolean transposed) {
        DMatrixRMaj matrix = new DMatrixRMaj(transposed ? columns : rows, transposed ? rows : columns);
        float[] values = values(buffer);
        for (int i = 0; i < values.length; i++) {
            matrix.set(i, values[i]);
        }
        return transposed ? CommonOps_DDRM.transpose(matrix, null) : matrix;
    }

    @ParameterizedTest
    @CsvSource({"5,7,3,false,false,false", "5,7,3,true,false,true", "1,4,9,false,true,true", "6,1,8,true,true,false"})
    void gemm_anyTransposes_equalsEjml(
            int m, int n, int k, boolean transposeA, boolean transposeB, boolean accumulate) {
        Buffer a = normal(m * k);
        Buffer b = normal(k * n);
        Buffer out = normal(m * n);
        DMatrixRMaj expected = accumulate ? matrix(out, m, n, false) : new DMatrixRMaj(m, n);
        CommonOps_DDRM.multAdd(matrix(a, m, k, transposeA), matrix(b, k, n, transposeB), expected);
        backend.gemm(m, n, k, a, transposeA, b, transposeB, accumulate, out);
        float[] actual = values(out);
        for (int i = 0; i < m * n; i++) {
            assertEquals(expected.get(i), actual[i], (k + 4) * UNIT * 4);
        }
    }

    @Test
    void attention_oneHead_equalsTheFormulaInDouble() {
        int queries = 3;
        int keys = 4;
        int width = 5;
        Buffer q = normal(queries * width);
        Buffer k = normal(keys * width);
        Buffer v = normal(keys * width);
        DMatrixRMaj weights = new DMatrixRMaj(queries, keys);
        CommonOps_DDRM.multTransB(matrix(q, queries, width, false), matrix(k, keys, width, false), weights);
        CommonOps_DDRM.scale(1 / Math.sqrt(width), weights);
        CommonOps_DDRM.elementExp(weights, weights);
        CommonOps_DDRM.divideRows(CommonOps_DDRM.sumRows(weights, null).getData(), weights);
        DMatrixRMaj expected = CommonOps_DDRM.mult(weights, matrix(v, keys, width, false), null);
        Buffer out = backend.allocate(queries * width);
        AttentionSizes sizes = new AttentionSizes(Offsets.ofLengths(queries), Offsets.ofLengths(keys), width, 1);
        backend.attention(sizes, q, k, v, DropoutMask.NONE, backend.allocate(queries), out);
        float[] actual = values(out);
        for (int i = 0; i < actual.length; i++) {
            assertEquals(expected.get(i), actual[i], 32 * UNIT);
        }
    }

    @Test
    void softmax_rowsShiftedFarAway_sumToOneAndIgnoreTheShift() {
        Buffer x = backend.allocate(6);
        backend.upload(new float[] {1, 2, 3, 10_001, 10_002, 10_003}, x);
        Buffer out = backend.allocate(6);
        backend.softmax(x, 2, out);
        float[] y = values(out);
        assertEquals(1, y[0] + y[1] + y[2], 2 * UNIT);
        for (int c = 0; c < 3; c++) {
            assertEquals(y[c], y[3 + c]);
        }
    }

    @Test
    void crossEntropy_uniformLogits_isTheLogOfTheClasses() {
        Buffer logits = backend.allocate(4);
        float[] weights = {1, 1, 1, 1};
        Buffer loss = backend.allocate(1);
        backend.crossEntropy(logits, new int[] {2}, weights, 0, 1, backend.allocate(4), loss);
        assertEquals(Math.log(4), values(loss)[0], 2 * UNIT);
    }

    @Test
    void dropoutAdd_manyValues_keepsTheRightShareAndTheMean() {
        int rows = 500;
        int features = 64;
        Buffer ones = backend.allocate(rows * features);
        backend.fill(1, ones);
        Buffer out = backend.allocate(rows * features);
        backend.dropoutAdd(ones, Offsets.ofLengths(rows), features, new DropoutMask(0.25f, 1, 2, 3, 4), out);
        double sum = 0;
        Set<Float> seen = new HashSet<>();
        for (float value : values(out)) {
            sum += value;
            seen.add(value);
        }
        assertEquals(Set.of(0f, 4f / 3), seen);
        double standardError = Math.sqrt(0.25 / 0.75 / (rows * features));
        assertEquals(1, sum / (rows * features), 4 * standardError);
    }

    @Test
    void cases_everyKernel_hasOneAndItIsFiniteAndRepeatable() {
        KernelCases cases = new KernelCases();
        assertTrue(Backend.kernels().contains("tanh"), "kernels: " + Backend.kernels());
        for (String kernel : Backend.kernels()) {
            for (KernelResult result : cases.run(kernel, 9, backend)) {
                for (float value : result.values()) {
                    assertTrue(Float.isFinite(value), kernel + " gives " + value);
                }
            }
            assertEquals(0, cases.error(kernel, 9, backend), kernel);
        }
    }

    @Test
    void ownKernels_ofTheScalarBackend_areAllKernels() {
        assertEquals(Backend.kernels(), backend.ownKernels());
    }

    @Test
    void selfTest_aWrongKernel_isFound() {
        Backend wrong = new ScalarBackend() {
            @Override
            public void add(Buffer x, Buffer y, Buffer out) {
                super.add(x, y, out);
                scaleInPlace(1.00001f, out);
            }
        };
        for (SelfTest.Line line : SelfTest.run(wrong)) {
            assertEquals(!line.kernel().equals("add"), line.passed(), line.toString());
            assertEquals(line.kernel().equals("add"), line.own(), line.toString());
        }
    }
}
