package dev.parallax.backend.scalar;

import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.Offsets;

/// Element-by-element kernels in plain loops. [dev.parallax.backend.Backend] says what each computes.
public final class ScalarElementwise {

    /// Elements per block of [#sumOfSquares]; the same on every backend.
    public static final int SUM_BLOCK = 4096;

    private ScalarElementwise() {}

    static void add(HostBuffer x, HostBuffer y, HostBuffer out) {
        for (int i = 0; i < out.length(); i++) {
            out.array[out.offset + i] = x.array[x.offset + i] + y.array[y.offset + i];
        }
    }

    static void scaleAdd(float alpha, HostBuffer x, HostBuffer out) {
        for (int i = 0; i < out.length(); i++) {
            out.array[out.offset + i] += alpha * x.array[x.offset + i];
        }
    }

    public static void scaleInPlace(float alpha, HostBuffer x) {
        for (int i = 0; i < x.length(); i++) {
            x.array[x.offset + i] *= alpha;
        }
    }

    static void multiply(HostBuffer x, HostBuffer y, HostBuffer out) {
        for (int i = 0; i < out.length(); i++) {
            out.array[out.offset + i] = x.array[x.offset + i] * y.array[y.offset + i];
        }
    }

    static void multiplyAdd(HostBuffer x, HostBuffer y, HostBuffer out) {
        for (int i = 0; i < out.length(); i++) {
            out.array[out.offset + i] += x.array[x.offset + i] * y.array[y.offset + i];
        }
    }

    static void tanh(HostBuffer x, HostBuffer out) {
        for (int i = 0; i < out.length(); i++) {
            out.array[out.offset + i] = (float) Math.tanh(x.array[x.offset + i]);
        }
    }

    public static void tanhGradAdd(HostBuffer y, HostBuffer dy, HostBuffer dx) {
        for (int i = 0; i < dx.length(); i++) {
            float value = y.array[y.offset + i];
            dx.array[dx.offset + i] += dy.array[dy.offset + i] * (1 - value * value);
        }
    }

    static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    static void sigmoid(HostBuffer x, HostBuffer out) {
        for (int i = 0; i < out.length(); i++) {
            out.array[out.offset + i] = sigmoid(x.array[x.offset + i]);
        }
    }

    public static void sigmoidGradAdd(HostBuffer y, HostBuffer dy, HostBuffer dx) {
        for (int i = 0; i < dx.length(); i++) {
            float value = y.array[y.offset + i];
            dx.array[dx.offset + i] += dy.array[dy.offset + i] * value * (1 - value);
        }
    }

    public static void relu(HostBuffer x, HostBuffer out) {
        for (int i = 0; i < out.length(); i++) {
            out.array[out.offset + i] = Math.max(x.array[x.offset + i], 0);
        }
    }

    public static void reluGradAdd(HostBuffer y, HostBuffer dy, HostBuffer dx) {
        for (int i = 0; i < dx.length(); i++) {
            if (y.array[y.offset + i] > 0) {
                dx.array[dx.offset + i] += dy.array[dy.offset + i];
            }
        }
    }

    static void gelu(HostBuffer x, HostBuffer out) {
        for (int i = 0; i < out.length(); i++) {
            double value = x.array[x.offset + i];
            out.array[out.offset + i] = (float) (Math.max(value, -40) * GaussianTail.below(value));
        }
    }

    static void geluGradAdd(HostBuffer x, HostBuffer dy, HostBuffer dx) {
        for (int i = 0; i < dx.length(); i++) {
            double value = Math.clamp(x.array[x.offset + i], -40.0, 40.0);
            double slope = GaussianTail.below(value) + value * GaussianTail.density(value);
            dx.array[dx.offset + i] += (float) (dy.array[dy.offset + i] * slope);
        }
    }

    static double sumOfSquares(HostBuffer x) {
        double total = 0;
        for (int from = 0; from < x.length(); from += SUM_BLOCK) {
            double block = 0;
            for (int i = from; i < Math.min(from + SUM_BLOCK, x.length()); i++) {
                double value = x.array[x.offset + i];
                block += value * value;
            }
            total += block;
        }
        return total;
    }

    static void dropoutAdd(HostBuffer x, Offsets offsets, int features, DropoutMask mask, HostBuffer out) {
        float[] factors = new float[features];
        int[] block = new int[4];
        for (int i = 0; i < offsets.count(); i++) {
            for (int row = 0; row < offsets.length(i); row++) {
                mask.row(i, row, features, factors, block);
                int from = (offsets.start(i) + row) * features;
                for (int f = 0; f < features; f++) {
                    out.array[out.offset + from + f] += factors[f] * x.array[x.offset + from + f];
                }
            }
        }
    }
}
