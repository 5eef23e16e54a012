package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.Backend;
import dev.parallax.io.SafeTensors;
import dev.parallax.tensor.Sequences;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Golden numbers of other programs, from `src/test/resources/golden`. Their batches are padded; ours are ragged:
/// the conversion happens here and nowhere else.
public final class Golden {

    private final SafeTensors file;

    public Golden(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".safetensors")) {
            if (in == null) {
                throw new IllegalArgumentException("no golden file " + name);
            }
            file = SafeTensors.parse(in.readAllBytes(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SafeTensors file() {
        return file;
    }

    public float[] floats(String name) {
        return file.floats(name);
    }

    public int[] ints(String name) {
        return file.ints(name);
    }

    public Tensor tensor(Backend backend, String name) {
        return Tensor.of(backend, Shape.of(file.shape(name)), file.floats(name));
    }

    /// A padded batch [batch, time, features] without its padding.
    public Sequences sequences(Backend backend, String name, int[] lengths) {
        int[] shape = file.shape(name);
        float[] padded = file.floats(name);
        float[][] each = new float[lengths.length][];
        for (int i = 0; i < lengths.length; i++) {
            int from = i * shape[1] * shape[2];
            each[i] = Arrays.copyOfRange(padded, from, from + lengths[i] * shape[2]);
        }
        return Sequences.of(backend, backend::allocate, shape[2], each);
    }

    /// Asserts that two arrays agree to `tolerance` times the largest expected value.
    public static void assertClose(String what, float[] expected, float[] actual, double tolerance) {
        assertEquals(expected.length, actual.length, what + ": number of values");
        assertTrue(expected.length > 0, what + ": nothing to compare");
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) expected[i] - actual[i]);
            if (!(difference <= tolerance * largest)) {
                throw new AssertionError(what + "[" + i + "]: expected " + expected[i] + ", got " + actual[i]
                        + ", off by " + difference / largest + " of the largest value");
            }
        }
    }

    /// The same against a tensor of this file.
    public void assertEqual(String name, float[] actual, double tolerance) {
        assertClose(name, floats(name), actual, tolerance);
    }
}
