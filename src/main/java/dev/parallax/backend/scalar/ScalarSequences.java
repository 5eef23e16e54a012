package dev.parallax.backend.scalar;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.Offsets;

/// Kernels over whole sequences of a ragged batch, in plain loops. [dev.parallax.backend.Backend] says what each
/// computes.
final class ScalarSequences {

    private ScalarSequences() {}

    static void mean(HostBuffer x, Offsets offsets, int features, HostBuffer out) {
        for (int i = 0; i < offsets.count(); i++) {
            for (int f = 0; f < features; f++) {
                double sum = 0;
                for (int t = offsets.start(i); t < offsets.start(i + 1); t++) {
                    sum += x.array[x.offset + t * features + f];
                }
                out.array[out.offset + i * features + f] = (float) (sum / offsets.length(i));
            }
        }
    }

    static void meanGradAdd(HostBuffer dy, Offsets offsets, int features, HostBuffer dx) {
        for (int i = 0; i < offsets.count(); i++) {
            for (int t = offsets.start(i); t < offsets.start(i + 1); t++) {
                for (int f = 0; f < features; f++) {
                    dx.array[dx.offset + t * features + f] +=
                            dy.array[dy.offset + i * features + f] / offsets.length(i);
                }
            }
        }
    }

    /// The first row of sequence `i` with the largest value of feature `f`.
    private static int rowOfMax(HostBuffer x, Offsets offsets, int features, int i, int f) {
        int best = offsets.start(i);
        for (int t = best + 1; t < offsets.start(i + 1); t++) {
            if (x.array[x.offset + t * features + f] > x.array[x.offset + best * features + f]) {
                best = t;
            }
        }
        return best;
    }

    static void max(HostBuffer x, Offsets offsets, int features, HostBuffer out) {
        for (int i = 0; i < offsets.count(); i++) {
            for (int f = 0; f < features; f++) {
                int row = rowOfMax(x, offsets, features, i, f);
                out.array[out.offset + i * features + f] = x.array[x.offset + row * features + f];
            }
        }
    }

    static void maxGradAdd(HostBuffer x, HostBuffer dy, Offsets offsets, int features, HostBuffer dx) {
        for (int i = 0; i < offsets.count(); i++) {
            for (int f = 0; f < features; f++) {
                int row = rowOfMax(x, offsets, features, i, f);
                dx.array[dx.offset + row * features + f] += dy.array[dy.offset + i * features + f];
            }
        }
    }
}
