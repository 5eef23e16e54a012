package dev.parallax.backend;

import jdk.incubator.vector.FloatVector;

/// Reductions over part of an array: one accumulator a lane, the lanes and then the remainder added in order, so that
/// the result depends on the values and their count alone.
final class VectorReductions {

    private VectorReductions() {}

    /// The largest value; `count` at least 1.
    static float max(float[] x, int at, int count, float[] room) {
        int whole = Lanes.FLOATS.loopBound(count);
        float max = x[at];
        if (whole > 0) {
            FloatVector lanes = Lanes.load(x, at);
            for (int i = Lanes.COUNT; i < whole; i += Lanes.COUNT) {
                lanes = lanes.max(Lanes.load(x, at + i));
            }
            lanes.intoArray(room, 0);
            for (int i = 0; i < Lanes.COUNT; i++) {
                max = Math.max(max, room[i]);
            }
        }
        for (int i = whole; i < count; i++) {
            max = Math.max(max, x[at + i]);
        }
        return max;
    }

    /// Sum of the values.
    static double sum(float[] x, int at, int count, float[] room) {
        int whole = Lanes.FLOATS.loopBound(count);
        FloatVector lanes = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            lanes = lanes.add(Lanes.load(x, at + i));
        }
        double sum = Lanes.sum(lanes, room);
        for (int i = whole; i < count; i++) {
            sum += x[at + i];
        }
        return sum;
    }

    /// Sum of the products x · y.
    static double dot(float[] x, int atX, float[] y, int atY, int count, float[] room) {
        int whole = Lanes.FLOATS.loopBound(count);
        FloatVector lanes = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            lanes = Lanes.multiplyAdd(Lanes.load(x, atX + i), Lanes.load(y, atY + i), lanes);
        }
        double sum = Lanes.sum(lanes, room);
        for (int i = whole; i < count; i++) {
            sum += (double) x[atX + i] * y[atY + i];
        }
        return sum;
    }
}
