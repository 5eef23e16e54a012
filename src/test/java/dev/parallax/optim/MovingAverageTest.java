package dev.parallax.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Parameters;
import dev.parallax.tensor.Shape;
import org.junit.jupiter.api.Test;

/// The average of weights over steps.
class MovingAverageTest {

    private final Backend backend = new ScalarBackend();
    private final Parameters parameters = new Parameters();

    MovingAverageTest() {
        parameters.add("p", Shape.of(2), Initializer.constant(1));
        parameters.add("fixed", Shape.of(1), Initializer.constant(7));
        parameters.initialize(backend, 1);
    }

    private float[] values(Buffer buffer) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        return values;
    }

    @Test
    void update_manySteps_isTheFormulaInDoubles() {
        MovingAverage average = new MovingAverage(parameters, 0.7);
        double expected = 1;
        for (int step = 1; step <= 40; step++) {
            float value = (float) Math.sin(step);
            backend.upload(new float[] {value, value, 7}, parameters.values());
            average.update(step);
            double decay = Math.min(0.7, (1.0 + step) / (10 + step));
            expected = decay * expected + (1 - decay) * value;
        }
        assertEquals(expected, values(average.values())[0], 1e-6);
    }

    @Test
    void whileInPlace_action_seesTheAverageAndLeavesTheWeights() {
        parameters.fix("fixed"::equals);
        MovingAverage average = new MovingAverage(parameters, 0.5);
        backend.upload(new float[] {3, 5}, parameters.values());
        average.update(1);
        double decay = 2.0 / 11;
        float[] seen = new float[2];
        float[] fixed = new float[1];
        average.whileInPlace(() -> {
            backend.download(parameters.values(), seen);
            backend.download(parameters.value(parameters.all().getLast()).buffer(), fixed);
        });
        assertArrayEquals(new float[] {(float) (3 - 2 * decay), (float) (5 - 4 * decay)}, seen, 1e-6f);
        assertEquals(7, fixed[0], "what is fixed has no rounding of an average");
        assertArrayEquals(new float[] {3, 5}, values(parameters.values()));
    }

    @Test
    void constructor_decayOutOfRange_isRefused() {
        assertEquals(
                "moving average: decay is 1.0, must be in (0, 1)", Refusal.of(() -> new MovingAverage(parameters, 1)));
    }
}
