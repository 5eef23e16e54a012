package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Reductions over part of an array, with one accumulator per lane. The lanes and then the remainder are added in
/// order, so the result depends on the values and their count alone.
final class VectorReductions {

    private VectorReductions() {}

    /// The largest value, `count` at least 1; not specified where a value is NaN. It compares and selects: the `max`
    /// of the Vector API takes several instructions, for the sake of NaN and -0.
    static float max(float[] x, int at, int count) {
        int whole = FLOATS.loopBound(count);
        float max = x[at];
        if (whole > 0) {
            FloatVector lanes = fromArray(FLOATS, x, at);
            for (int i = Lanes.COUNT; i < whole; i += Lanes.COUNT) {
                FloatVector next = fromArray(FLOATS, x, at + i);
                lanes = next.blend(lanes, next.compare(VectorOperators.LE, lanes));
            }
            max = lanes.reduceLanes(VectorOperators.MAX); // the same in any order
        }
        for (int i = whole; i < count; i++) {
            max = Math.max(max, x[at + i]);
        }
        return max;
    }

    /// Sum of the values.
    static double sum(float[] x, int at, int count, float[] room) {
        int whole = FLOATS.loopBound(count);
        FloatVector lanes = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            lanes = fromArray(FLOATS, x, at + i).add(lanes);
        }
        lanes.intoArray(room, 0);
        double sum = Lanes.sum(room);
        for (int i = whole; i < count; i++) {
            sum += x[at + i];
        }
        return sum;
    }

    /// Sum of the products x · y.
    static double dot(float[] x, int atX, float[] y, int atY, int count, float[] room) {
        int whole = FLOATS.loopBound(count);
        FloatVector lanes = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            lanes = fromArray(FLOATS, x, atX + i).fma(fromArray(FLOATS, y, atY + i), lanes);
        }
        lanes.intoArray(room, 0);
        double sum = Lanes.sum(room);
        for (int i = whole; i < count; i++) {
            sum += (double) x[atX + i] * y[atY + i];
        }
        return sum;
    }
}
