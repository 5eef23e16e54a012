package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which values a dropout drops, how many, and on what that depends.
class DropoutTest {

    private static final int COLUMNS = 29;
    private static final int ROWS = 5_000;
    private static final float HALF = 0.5f;

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    private static float[] row(DropoutMask mask, int sequence, int row, int columns) {
        float[] factors = new float[columns];
        mask.row(sequence, row, columns, factors, new int[4]);
        return factors;
    }

    @ParameterizedTest
    @ValueSource(floats = {0.01f, 0.2f, 0.5f, 0.9f})
    void row_manyRows_keepsTheShareThatItSays(float probability) {
        DropoutMask mask = new DropoutMask(probability, 1, 2, 3, 0);
        double keep = 1 - Math.round(probability * 65536) / 65536.0;
        int kept = 0;
        int pairs = 0;
        for (int r = 0; r < ROWS; r++) {
            float[] factors = row(mask, r % 7, r, COLUMNS);
            for (int c = 0; c < COLUMNS; c++) {
                assertTrue(factors[c] == 0 || factors[c] == (float) (1 / keep), "factor " + factors[c]);
                kept += factors[c] > 0 ? 1 : 0;
                pairs += factors[c] > 0 && factors[(c + 1) % COLUMNS] > 0 ? 1 : 0;
            }
        }
        int n = ROWS * COLUMNS;
        assertEquals(keep, (double) kept / n, 5 * Math.sqrt(keep * (1 - keep) / n), "kept");
        // neighbouring pairs share a value: the variance of their count is that of independent ones and twice their
        // covariance, keep³ - keep⁴
        double both = keep * keep;
        double variance = (both * (1 - both) + 2 * (keep * both - both * both)) / n;
        assertEquals(both, (double) pairs / n, 5 * Math.sqrt(variance), "kept together");
    }

    @Test
    void row_sameFiveNumbers_sameFactors() {
        float[] reference = row(new DropoutMask(HALF, 1, 2, 3, 4), 5, 6, 64);
        assertArrayEquals(reference, row(new DropoutMask(HALF, 1, 2, 3, 4), 5, 6, 64));
        assertArrayEquals(reference, row(new DropoutMask(HALF, 1, 2, 3, 9), 0, 6, 64), "ordinal 9 is 4 + 5");
        assertArrayEquals(
                reference, row(new DropoutMask(HALF, 1, 2, 3, 4).ofUtterances(1, 5), 1, 6, 64), "sequence 1 is 5");
        assertArrayEquals(Arrays.copyOf(reference, 13), row(new DropoutMask(HALF, 1, 2, 3, 4), 5, 6, 13), "columns");
    }

    @Test
    void row_anyNumberChanged_otherFactors() {
        float[] reference = row(new DropoutMask(HALF, 1, 2, 3, 4), 5, 6, 64);
        assertFalse(Arrays.equals(reference, row(new DropoutMask(HALF, 0, 2, 3, 4), 5, 6, 64)), "seed");
        assertFalse(Arrays.equals(reference, row(new DropoutMask(HALF, 1, 0, 3, 4), 5, 6, 64)), "step");
        assertFalse(Arrays.equals(reference, row(new DropoutMask(HALF, 1, 2, 0, 4), 5, 6, 64)), "stream");
        assertFalse(Arrays.equals(reference, row(new DropoutMask(HALF, 1, 2, 3, 0), 5, 6, 64)), "first ordinal");
        assertFalse(Arrays.equals(reference, row(new DropoutMask(HALF, 1, 2, 3, 4), 0, 6, 64)), "sequence");
        assertFalse(Arrays.equals(reference, row(new DropoutMask(HALF, 1, 2, 3, 4), 5, 0, 64)), "row");
    }

    @Test
    void constructor_impossibleProbability_isRefused() {
        for (float wrong : new float[] {-0.1f, 1, Float.NaN}) {
            BadInputException error = assertThrows(BadInputException.class, () -> new DropoutMask(wrong, 0, 0, 0, 0));
            assertEquals("dropout: probability is " + wrong + ", must be in [0, 1)", error.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forward_outsideTraining_isItsInput(Backend backend) {
        Parameters none = new Parameters();
        none.initialize(backend, 1);
        Tape tape = new Tape(backend);
        Variable x = tape.variable(Tensor.zeros(backend, Shape.of(3, 4)));
        assertSame(x, new Dropout(HALF, 1).forward(Pass.inference(tape, none), x, Offsets.ofLengths(3)));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forward_someUtterances_asInTheWholeBatch(Backend backend) {
        Parameters none = new Parameters();
        none.initialize(backend, 1);
        Pass pass = Pass.training(new Tape(backend), none, backend.allocate(0), 1L << 40, 2, 10);
        float[] ones = new float[6 * COLUMNS];
        Arrays.fill(ones, 1);
        Variable all = pass.tape().constant(Tensor.of(backend, Shape.of(6, COLUMNS), ones));
        Dropout dropout = new Dropout(HALF, 3);
        float[] whole =
                dropout.forward(pass, all, Offsets.ofLengths(1, 2, 3)).value().toArray();
        Variable last = all.rows(3, 3);
        float[] part = dropout.forward(pass.ofUtterances(2), last, Offsets.ofLengths(3))
                .value()
                .toArray();
        assertArrayEquals(Arrays.copyOfRange(whole, 3 * COLUMNS, 6 * COLUMNS), part);
    }
}
