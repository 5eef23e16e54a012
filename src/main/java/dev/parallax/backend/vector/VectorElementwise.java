package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.scalar.ScalarElementwise;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Element-by-element kernels in vectors. [dev.parallax.backend.Backend] says what each computes. Memory limits
/// their speed, not arithmetic. So products and sums are rounded separately, and [ScalarElementwise] does the
/// remainder with the same result.
final class VectorElementwise {

    private static final int SLOPES = 1024; // of a block: they stay in the first-level cache

    private VectorElementwise() {}

    static void add(HostBuffer x, HostBuffer y, HostBuffer out) {
        add(x.array, x.offset, y.array, y.offset, out.array, out.offset, out.length());
    }

    /// out = x + y over parts of arrays.
    static void add(float[] x, int atX, float[] y, int atY, float[] out, int to, int count) {
        int bound = FLOATS.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            fromArray(FLOATS, x, atX + i).add(fromArray(FLOATS, y, atY + i)).intoArray(out, to + i);
        }
        for (int i = bound; i < count; i++) {
            out[to + i] = x[atX + i] + y[atY + i];
        }
    }

    /// out += x over parts of arrays.
    static void addInto(float[] x, int atX, float[] out, int to, int count) {
        add(x, atX, out, to, out, to, count);
    }

    static void scaleAdd(float alpha, HostBuffer x, HostBuffer out) {
        scaleAdd(alpha, x.array, x.offset, out.array, out.offset, out.length());
    }

    /// out += alpha · x over parts of arrays.
    static void scaleAdd(float alpha, float[] x, int atX, float[] out, int to, int count) {
        int bound = FLOATS.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector scaled = fromArray(FLOATS, x, atX + i).mul(alpha);
            fromArray(FLOATS, out, to + i).add(scaled).intoArray(out, to + i);
        }
        for (int i = bound; i < count; i++) {
            out[to + i] += alpha * x[atX + i];
        }
    }

    static void scaleInPlace(float alpha, HostBuffer x) {
        int bound = FLOATS.loopBound(x.length());
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            fromArray(FLOATS, x.array, x.offset + i).mul(alpha).intoArray(x.array, x.offset + i);
        }
        ScalarElementwise.scaleInPlace(alpha, x.from(bound));
    }

    static void multiply(HostBuffer x, HostBuffer y, HostBuffer out) {
        multiply(x.array, x.offset, y.array, y.offset, out.array, out.offset, out.length());
    }

    /// out = x · y over parts of arrays.
    static void multiply(float[] x, int atX, float[] y, int atY, float[] out, int to, int count) {
        int bound = FLOATS.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            fromArray(FLOATS, x, atX + i).mul(fromArray(FLOATS, y, atY + i)).intoArray(out, to + i);
        }
        for (int i = bound; i < count; i++) {
            out[to + i] = x[atX + i] * y[atY + i];
        }
    }

    static void multiplyAdd(HostBuffer x, HostBuffer y, HostBuffer out) {
        multiplyAdd(x.array, x.offset, y.array, y.offset, out.array, out.offset, out.length());
    }

    /// out += x · y over parts of arrays.
    static void multiplyAdd(float[] x, int atX, float[] y, int atY, float[] out, int to, int count) {
        int bound = FLOATS.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector product = fromArray(FLOATS, x, atX + i).mul(fromArray(FLOATS, y, atY + i));
            fromArray(FLOATS, out, to + i).add(product).intoArray(out, to + i);
        }
        for (int i = bound; i < count; i++) {
            out[to + i] += x[atX + i] * y[atY + i];
        }
    }

    static void tanh(Scratch scratch, HostBuffer x, HostBuffer out) {
        float[] room = scratch.take(Scratch.Area.LANES, Lanes.COUNT);
        VectorMath.tanh(x.array, x.offset, out.array, out.offset, out.length(), room);
    }

    static void tanhGradAdd(HostBuffer y, HostBuffer dy, HostBuffer dx) {
        int bound = FLOATS.loopBound(dx.length());
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector value = fromArray(FLOATS, y.array, y.offset + i);
            FloatVector slope = value.mul(value).neg().add(1f);
            FloatVector gradient = fromArray(FLOATS, dy.array, dy.offset + i).mul(slope);
            fromArray(FLOATS, dx.array, dx.offset + i).add(gradient).intoArray(dx.array, dx.offset + i);
        }
        ScalarElementwise.tanhGradAdd(y.from(bound), dy.from(bound), dx.from(bound));
    }

    static void sigmoid(Scratch scratch, HostBuffer x, HostBuffer out) {
        float[] room = scratch.take(Scratch.Area.LANES, Lanes.COUNT);
        VectorMath.sigmoid(x.array, x.offset, out.array, out.offset, out.length(), room);
    }

    static void sigmoidGradAdd(HostBuffer y, HostBuffer dy, HostBuffer dx) {
        int bound = FLOATS.loopBound(dx.length());
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector value = fromArray(FLOATS, y.array, y.offset + i);
            FloatVector gradient = fromArray(FLOATS, dy.array, dy.offset + i)
                    .mul(value)
                    .mul(value.neg().add(1f));
            fromArray(FLOATS, dx.array, dx.offset + i).add(gradient).intoArray(dx.array, dx.offset + i);
        }
        ScalarElementwise.sigmoidGradAdd(y.from(bound), dy.from(bound), dx.from(bound));
    }

    static void relu(HostBuffer x, HostBuffer out) {
        int bound = FLOATS.loopBound(out.length());
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            fromArray(FLOATS, x.array, x.offset + i).max(0f).intoArray(out.array, out.offset + i);
        }
        ScalarElementwise.relu(x.from(bound), out.from(bound));
    }

    static void reluGradAdd(HostBuffer y, HostBuffer dy, HostBuffer dx) {
        int bound = FLOATS.loopBound(dx.length());
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            VectorMask<Float> passes = fromArray(FLOATS, y.array, y.offset + i).compare(VectorOperators.GT, 0f);
            FloatVector before = fromArray(FLOATS, dx.array, dx.offset + i);
            FloatVector after = before.add(fromArray(FLOATS, dy.array, dy.offset + i));
            before.blend(after, passes).intoArray(dx.array, dx.offset + i);
        }
        ScalarElementwise.reluGradAdd(y.from(bound), dy.from(bound), dx.from(bound));
    }

    static void gelu(Scratch scratch, HostBuffer x, HostBuffer out) {
        float[] room = scratch.take(Scratch.Area.LANES, Lanes.COUNT);
        VectorGelu.gelu(x.array, x.offset, out.array, out.offset, out.length(), room);
    }

    /// The slopes of a block at a time, then their products.
    static void geluGradAdd(Scratch scratch, HostBuffer x, HostBuffer dy, HostBuffer dx) {
        float[] room = scratch.take(Scratch.Area.LANES, Lanes.COUNT);
        float[] slopes = scratch.take(Scratch.Area.FACTORS, SLOPES);
        for (int i = 0; i < dx.length(); i += SLOPES) {
            int count = Math.min(SLOPES, dx.length() - i);
            VectorGelu.slope(x.array, x.offset + i, slopes, 0, count, room);
            multiplyAdd(slopes, 0, dy.array, dy.offset + i, dx.array, dx.offset + i, count);
        }
    }

    /// In double, one accumulator per lane within a block of [ScalarElementwise#SUM_BLOCK]; squares of floats are
    /// exact in double.
    static double sumOfSquares(HostBuffer x) {
        double total = 0;
        for (int from = 0; from < x.length(); from += ScalarElementwise.SUM_BLOCK) {
            int count = Math.min(ScalarElementwise.SUM_BLOCK, x.length() - from);
            int bound = FLOATS.loopBound(count);
            DoubleVector low = DoubleVector.zero(DoubleVector.SPECIES_PREFERRED);
            DoubleVector high = low;
            for (int i = 0; i < bound; i += Lanes.COUNT) {
                FloatVector values = fromArray(FLOATS, x.array, x.offset + from + i);
                DoubleVector first = (DoubleVector) values.convert(VectorOperators.F2D, 0);
                DoubleVector second = (DoubleVector) values.convert(VectorOperators.F2D, 1);
                low = first.fma(first, low);
                high = second.fma(second, high);
            }
            double block = 0;
            for (double part : low.add(high).toArray()) {
                block += part;
            }
            for (int i = from + bound; i < from + count; i++) {
                double value = x.array[x.offset + i];
                block += value * value;
            }
            total += block;
        }
        return total;
    }
}
