package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolution along ragged time against its formula, written out.
class Conv1dTest {

    private static final int IN = 3;
    private static final int OUT = 5;

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forward_strideAndRaggedLengths_equalsTheFormula(Backend backend) {
        int[][] settings = {{1, 1, 0}, {3, 1, 1}, {3, 2, 1}, {5, 3, 2}, {4, 2, 3}};
        for (int[] setting : settings) {
            check(backend, setting[0], setting[1], setting[2], Offsets.ofLengths(9, 1, 4, 17, 2));
        }
        check(backend, 5, 2, 0, Offsets.ofLengths(5, 6, 8));
    }

    private static void check(Backend backend, int kernel, int stride, int padding, Offsets offsets) {
        Parameters parameters = new Parameters();
        Conv1d layer = new Conv1d(parameters, "c", new Conv1d.Sizes(IN, OUT, kernel, stride, padding, 1, true));
        parameters.initialize(backend, 3);
        float[] weight = parameters.value(parameters.all().getFirst()).toArray();
        float[] bias = parameters.value(parameters.all().getLast()).toArray();
        RandomStream random = new RandomStream(4, 0, 0, 0);
        float[] x = new float[offsets.total() * IN];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        Offsets to = layer.outputOffsets(offsets);
        float[] expected = new float[to.total() * OUT];
        for (int i = 0; i < offsets.count(); i++) {
            assertEquals((offsets.length(i) + 2 * padding - kernel) / stride + 1, to.length(i));
            for (int t = 0; t < to.length(i); t++) {
                for (int o = 0; o < OUT; o++) {
                    double sum = bias[o];
                    for (int j = 0; j < kernel; j++) {
                        int source = t * stride + j - padding;
                        for (int f = 0; source >= 0 && source < offsets.length(i) && f < IN; f++) {
                            sum += (double) weight[(o * IN + f) * kernel + j] * x[(offsets.start(i) + source) * IN + f];
                        }
                    }
                    expected[(to.start(i) + t) * OUT + o] = (float) sum;
                }
            }
        }
        Tape tape = new Tape(backend);
        Variable in = tape.constant(Tensor.of(backend, Shape.of(offsets.total(), IN), x));
        Variable y = layer.forward(Pass.inference(tape, parameters), in, offsets);
        Golden.assertClose(
                "kernel " + kernel + " stride " + stride, expected, y.value().toArray(), 1e-6);
    }
}
