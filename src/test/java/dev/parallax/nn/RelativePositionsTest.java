package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Self-attention with a bias by position, in its layer and in a transformer block.
class RelativePositionsTest {

    private static final int WIDTH = 6;
    private static final int HEADS = 2;
    private static final int REACH = 6; // more than the longest sequence needs
    private static final int FREE = 1;
    private static final Offsets OFFSETS = Offsets.ofLengths(3, 1, 5);

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    private static float[] normal(int count, int item) {
        RandomStream random = new RandomStream(6, 0, 0, item);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Variable constant(Tape tape, int rows, int columns, float... values) {
        return tape.constant(Tensor.of(tape.backend(), Shape.of(rows, columns), values));
    }

    /// Without queries the scores are the bias alone, and the layer takes means of the values by its softmax.
    @ParameterizedTest
    @MethodSource("backends")
    void layer_queriesZero_weighsValuesByPositionAlone(Backend backend) {
        Parameters parameters = new Parameters();
        MultiHeadAttention layer = new MultiHeadAttention(parameters, "a", WIDTH, HEADS, false, 0, 0);
        parameters.initialize(backend, 3);
        Tensor inWeight = parameters.value(parameters.all().getFirst());
        backend.fill(0, inWeight.buffer().slice(0, WIDTH * WIDTH));
        float[] x = normal(OFFSETS.total() * WIDTH, 1);
        float[] table = normal((2 * REACH + 1) * HEADS, 2);
        float[] gate = normal(OFFSETS.total() * HEADS, 3);
        double[] attended = attended(values(inWeight.toArray(), x), table, gate);
        float[] outWeight = parameters.value(parameters.all().get(2)).toArray();
        float[] expected = new float[x.length];
        for (int e = 0; e < expected.length; e++) {
            for (int c = 0; c < WIDTH; c++) {
                expected[e] += (float) (outWeight[e % WIDTH * WIDTH + c] * attended[e / WIDTH * WIDTH + c]);
            }
        }
        Tape tape = new Tape(backend);
        RelativePositions positions = new RelativePositions(
                constant(tape, 2 * REACH + 1, HEADS, table), constant(tape, OFFSETS.total(), HEADS, gate), FREE);
        Variable y = layer.forward(
                Pass.inference(tape, parameters), constant(tape, OFFSETS.total(), WIDTH, x), OFFSETS, positions);
        Golden.assertClose("y", expected, y.value().toArray(), 2e-6);
    }

    /// The values of all rows: the last third of the weights times x.
    private static double[] values(float[] inWeight, float[] x) {
        double[] values = new double[x.length];
        for (int e = 0; e < values.length; e++) {
            for (int c = 0; c < WIDTH; c++) {
                values[e] += (double) inWeight[(2 * WIDTH + e % WIDTH) * WIDTH + c] * x[e / WIDTH * WIDTH + c];
            }
        }
        return values;
    }

    private static double[] attended(double[] values, float[] table, float[] gate) {
        double[] y = new double[values.length];
        for (int i = 0; i < OFFSETS.count(); i++) {
            for (int t = 0; t < OFFSETS.length(i); t++) {
                int row = OFFSETS.start(i) + t;
                for (int column = 0; column < WIDTH; column++) {
                    int head = column / (WIDTH / HEADS);
                    double sum = 0;
                    double weighted = 0;
                    for (int j = 0; j < OFFSETS.length(i); j++) {
                        float bias = t < FREE || j < FREE
                                ? 0
                                : gate[row * HEADS + head] * table[(REACH + j - t) * HEADS + head];
                        sum += Math.exp(bias);
                        weighted += Math.exp(bias) * values[(OFFSETS.start(i) + j) * WIDTH + column];
                    }
                    y[row * WIDTH + column] = weighted / sum;
                }
            }
        }
        return y;
    }

    /// A gate may depend on what attention reads: x, or its LayerNorm in a block that begins with it.
    @ParameterizedTest
    @MethodSource("backends")
    void block_positions_areAskedForWithWhatAttentionReads(Backend backend) {
        for (boolean normFirst : new boolean[] {false, true}) {
            Parameters parameters = new Parameters();
            TransformerBlock block = new TransformerBlock(
                    parameters,
                    "b",
                    new TransformerBlock.Names("a", "n", "w", "v", "m"),
                    new TransformerBlock.Sizes(WIDTH, HEADS, 8, Activation.GELU, 1e-5f, normFirst, false, 0, 0),
                    0);
            parameters.initialize(backend, 3);
            Tape tape = new Tape(backend);
            Pass pass = Pass.inference(tape, parameters);
            Variable x = constant(tape, OFFSETS.total(), WIDTH, normal(OFFSETS.total() * WIDTH, 1));
            Variable ones = tape.constant(Shape.of(OFFSETS.total(), HEADS), ones(OFFSETS.total() * HEADS));
            Variable zeros = tape.zeros(Shape.of(2 * REACH + 1, HEADS));
            Variable table = constant(tape, 2 * REACH + 1, HEADS, normal((2 * REACH + 1) * HEADS, 2));
            List<Variable> read = new ArrayList<>();
            float[] plain = block.forward(pass, x, OFFSETS).value().toArray();
            float[] same = block.forward(pass, x, OFFSETS, _ -> new RelativePositions(zeros, ones, 0))
                    .value()
                    .toArray();
            float[] biased = block.forward(pass, x, OFFSETS, rows -> {
                        read.add(rows);
                        return new RelativePositions(table, ones, 0);
                    })
                    .value()
                    .toArray();
            Golden.assertClose("a bias of zero", plain, same, 2e-6);
            assertTrue(differ(plain, biased, 0, 3), "a bias changes the first sequence");
            assertTrue(!differ(plain, biased, 3, 1), "and nothing where there is one row");
            assertEquals(1, read.size());
            if (normFirst) {
                assertNormal(read.getFirst().value().toArray());
            } else {
                assertSame(x, read.getFirst());
            }
        }
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static boolean differ(float[] a, float[] b, int row, int rows) {
        double most = 0;
        for (int e = row * WIDTH; e < (row + rows) * WIDTH; e++) {
            most = Math.max(most, Math.abs(a[e] - b[e]));
        }
        return most > 1e-4;
    }

    /// Each row has mean 0 and variance 1.
    private static void assertNormal(float[] rows) {
        for (int at = 0; at < rows.length; at += WIDTH) {
            double sum = 0;
            double squares = 0;
            for (int c = 0; c < WIDTH; c++) {
                sum += rows[at + c];
                squares += rows[at + c] * rows[at + c];
            }
            assertEquals(0, sum / WIDTH, 1e-5);
            assertEquals(1, squares / WIDTH, 1e-3);
        }
    }
}
