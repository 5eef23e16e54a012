package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FrozenParametersTest {

    @Test
    void freeze_layersOfAllKinds_giveTheSameBitsWithoutAFlatBuffer() {
        for (String name : Backends.ofHost()) {
            Backend backend = Backends.choose(name, line -> {});
            Parameters trained = new Parameters();
            Parameters frozen = new Parameters();
            Linear plain = new Linear(trained, "linear", 10, 3);
            Linear packed = new Linear(frozen, "linear", 10, 3);
            trained.initialize(backend, 7);
            frozen.freeze(
                    backend,
                    Precision.FLOAT32,
                    parameter -> trained.value(parameter).toArray());
            Parameter weight = frozen.all().getFirst();
            assertFalse(trained.isFixed(weight));
            assertTrue(frozen.isFixed(weight));
            assertThrows(IllegalStateException.class, frozen::values);
            try (Tape tape = new Tape(backend)) {
                float[] values = new float[40];
                RandomStream random = new RandomStream(1, 0, 1, 0);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                Variable x = tape.constant(Tensor.of(backend, Shape.of(4, 10), values));
                assertArrayEquals(
                        plain.forward(Pass.inference(tape, trained), x).value().toArray(),
                        packed.forward(Pass.inference(tape, frozen), x).value().toArray(),
                        name);
            }
            trained.close();
            frozen.close();
            backend.close();
            assertEquals(0, backend.liveBytes());
        }
    }

    @Test
    void add_afterFreeze_isRefused() {
        Parameters parameters = new Parameters();
        parameters.freeze(Backends.choose("scalar", line -> {}), Precision.FLOAT32, parameter -> new float[0]);
        assertThrows(IllegalStateException.class, () -> parameters.add("late", Shape.of(1), Initializer.zeros()));
    }

    /// The weights that only multiply, and no others.
    @Test
    void freeze_inBfloat16_roundsFactors() {
        Backend backend = Backends.choose("scalar", line -> {});
        Parameters parameters = new Parameters();
        Parameter factor = parameters.addFactor("factor", Shape.of(2, 2), 1, Initializer.zeros());
        Parameter other = parameters.add("other", Shape.of(2, 2), Initializer.zeros());
        float third = 1 / 3f;
        float[] values = {third, -third, 1.5f, 0};
        parameters.freeze(backend, Precision.BFLOAT16, parameter -> values.clone());
        assertArrayEquals(
                new float[] {0x1.56p-2f, -0x1.56p-2f, 1.5f, 0},
                parameters.value(factor).toArray());
        assertArrayEquals(values, parameters.value(other).toArray());
        parameters.close();
    }

    @Test
    void round_toBfloat16_isToTheNearestAndHalfToEven() {
        float[] values = {1 + 0x1p-8f, 1 + 0x3p-8f, 1 + 0x1.02p-8f, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.NaN
        };
        float[] expected = {1, 1 + 0x1p-6f, 1 + 0x1p-7f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
        assertArrayEquals(expected, Precision.BFLOAT16.round(values));
        assertArrayEquals(expected, Precision.BFLOAT16.round(expected));
        assertArrayEquals(values, Precision.FLOAT32.round(values));
    }
}
