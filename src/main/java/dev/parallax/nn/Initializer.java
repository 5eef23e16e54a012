package dev.parallax.nn;

import dev.parallax.random.RandomStream;
import java.util.Arrays;

/// How a parameter is initialised.
@FunctionalInterface
public interface Initializer {

    /// Fills `values`.
    void fill(RandomStream random, float[] values);

    /// All zero.
    static Initializer zeros() {
        return constant(0);
    }

    /// All the same.
    static Initializer constant(float value) {
        return (random, values) -> Arrays.fill(values, value);
    }

    /// Uniform in [-bound, bound).
    static Initializer uniform(double bound) {
        return (random, values) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.uniform(-bound, bound);
            }
        };
    }

    /// Uniform with bound 1 / sqrt(fanIn), which PyTorch uses for a linear layer, weight and bias.
    static Initializer byFanIn(int fanIn) {
        return uniform(1 / Math.sqrt(fanIn));
    }

    /// Uniform with bound sqrt(6 / (fanIn + fanOut)): Glorot and Bengio 2010, "Xavier".
    static Initializer xavier(int fanIn, int fanOut) {
        return uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
    }

    /// Normal, mean 0.
    static Initializer normal(double standardDeviation) {
        return (random, values) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (standardDeviation * random.nextGaussian());
            }
        };
    }
}
