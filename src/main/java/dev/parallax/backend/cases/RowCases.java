package dev.parallax.backend.cases;

import dev.parallax.backend.Buffer;
import java.util.Map;
import java.util.function.Consumer;

/// The cases of [KernelCases] for kernels that work row by row.
final class RowCases {

    private static final int ROWS = 3;

    private RowCases() {}

    static void addTo(Map<String, Consumer<CaseInputs>> cases) {
        cases.put("softmax", in -> {
            Buffer out = in.allocate(ROWS * in.size);
            in.backend.softmax(in.normal(ROWS * in.size, 3), ROWS, out);
            in.result(out, in.size);
        });
        cases.put("softmaxGradAdd", in -> {
            Buffer dx = in.normal(ROWS * in.size);
            in.backend.softmaxGradAdd(
                    in.uniform(ROWS * in.size, 0, 2.0 / in.size), in.normal(ROWS * in.size), ROWS, dx);
            in.result(dx, in.size);
        });
        cases.put("logSoftmax", in -> {
            Buffer out = in.allocate(ROWS * in.size);
            in.backend.logSoftmax(in.normal(ROWS * in.size, 3), ROWS, out);
            in.result(out, in.size);
        });
        cases.put("logSoftmaxGradAdd", in -> {
            Buffer dx = in.normal(ROWS * in.size);
            in.backend.logSoftmaxGradAdd(in.uniform(ROWS * in.size, -5, 0), in.normal(ROWS * in.size), ROWS, dx);
            in.result(dx, in.size);
        });
        cases.put("layerNorm", in -> {
            Buffer stats = in.allocate(2 * ROWS);
            Buffer out = in.allocate(ROWS * in.size);
            Buffer x = in.normal(ROWS * in.size);
            in.backend.layerNorm(x, in.normal(in.size), in.normal(in.size), 0.01f, ROWS, stats, out);
            in.result(stats, in.size);
            in.result(out, in.size);
        });
        cases.put("layerNormGradAdd", RowCases::layerNormGradAdd);
        cases.put("crossEntropy", in -> {
            Buffer probabilities = in.allocate(ROWS * in.size);
            Buffer out = in.allocate(1);
            float[] weights = in.uniformValues(in.size, 0.5, 2);
            int[] labels = in.indices(ROWS, in.size);
            in.backend.crossEntropy(in.normal(ROWS * in.size), labels, weights, 0.1f, 0.5f, probabilities, out);
            in.result(probabilities, in.size);
            in.result(out, in.size);
        });
        cases.put("crossEntropyGradAdd", in -> {
            Buffer dLogits = in.normal(ROWS * in.size);
            Buffer probabilities = in.uniform(ROWS * in.size, 0, 1);
            float[] weights = in.uniformValues(in.size, 0.5, 2);
            int[] labels = in.indices(ROWS, in.size);
            in.backend.crossEntropyGradAdd(probabilities, labels, weights, 0.1f, 0.5f, in.normal(1), dLogits);
            in.result(dLogits, in.size);
        });
    }

    private static void layerNormGradAdd(CaseInputs in) {
        Buffer x = in.normal(ROWS * in.size);
        Buffer gamma = in.normal(in.size);
        Buffer stats = in.uniform(2 * ROWS, 0.5, 1.5);
        Buffer dy = in.normal(ROWS * in.size);
        Buffer dx = in.normal(ROWS * in.size);
        Buffer dGamma = in.normal(in.size);
        Buffer dBeta = in.normal(in.size);
        in.backend.layerNormGradAdd(x, gamma, stats, dy, ROWS, dx, dGamma, dBeta);
        in.result(dx, in.size);
        in.result(dGamma, ROWS);
        in.result(dBeta, ROWS);
    }
}
