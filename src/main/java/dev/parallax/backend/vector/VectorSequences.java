package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.Offsets;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Kernels over whole sequences in vectors, row after row. [dev.parallax.backend.Backend] says what each computes.
final class VectorSequences {

    private VectorSequences() {}

    static void mean(HostBuffer x, Offsets offsets, int features, HostBuffer out) {
        for (int i = 0; i < offsets.count(); i++) {
            int to = out.offset + i * features;
            System.arraycopy(x.array, x.offset + offsets.start(i) * features, out.array, to, features);
            for (int t = offsets.start(i) + 1; t < offsets.start(i + 1); t++) {
                VectorElementwise.addInto(x.array, x.offset + t * features, out.array, to, features);
            }
            VectorRows.scaleInPlace(1f / offsets.length(i), out.array, to, features);
        }
    }

    static void meanGradAdd(Scratch scratch, HostBuffer dy, Offsets offsets, int features, HostBuffer dx) {
        float[] share = scratch.take(Scratch.Area.FACTORS, features);
        for (int i = 0; i < offsets.count(); i++) {
            System.arraycopy(dy.array, dy.offset + i * features, share, 0, features);
            VectorRows.scaleInPlace(1f / offsets.length(i), share, 0, features);
            for (int t = offsets.start(i); t < offsets.start(i + 1); t++) {
                VectorElementwise.addInto(share, 0, dx.array, dx.offset + t * features, features);
            }
        }
    }

    static void max(HostBuffer x, Offsets offsets, int features, HostBuffer out) {
        for (int i = 0; i < offsets.count(); i++) {
            int to = out.offset + i * features;
            System.arraycopy(x.array, x.offset + offsets.start(i) * features, out.array, to, features);
            for (int t = offsets.start(i) + 1; t < offsets.start(i + 1); t++) {
                larger(x.array, x.offset + t * features, out.array, to, features);
            }
        }
    }

    /// best = x where x > best: a NaN at the start stays, a later one is ignored, as in plain Java.
    private static void larger(float[] x, int at, float[] best, int to, int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector value = fromArray(FLOATS, x, at + i);
            FloatVector before = fromArray(FLOATS, best, to + i);
            before.blend(value, value.compare(VectorOperators.GT, before)).intoArray(best, to + i);
        }
        for (int i = whole; i < count; i++) {
            if (x[at + i] > best[to + i]) {
                best[to + i] = x[at + i];
            }
        }
    }
}
