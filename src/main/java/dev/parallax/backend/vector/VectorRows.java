package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.vector.Scratch.Area;
import jdk.incubator.vector.FloatVector;

/// Row-by-row kernels in vectors. [dev.parallax.backend.Backend] says what each computes.
final class VectorRows {

    private VectorRows() {}

    static void softmax(Scratch scratch, HostBuffer x, int rows, HostBuffer out) {
        int columns = out.length() / rows;
        float[] room = scratch.take(Area.LANES, Lanes.COUNT);
        for (int r = 0; r < rows; r++) {
            int at = x.offset + r * columns;
            int to = out.offset + r * columns;
            float max = VectorReductions.max(x.array, at, columns);
            VectorMath.exp(1, -max, x.array, at, out.array, to, columns, room);
            double sum = VectorReductions.sum(out.array, to, columns, room);
            scaleInPlace((float) (1 / sum), out.array, to, columns);
        }
    }

    private static void shiftInPlace(float shift, float[] x, int at, int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            fromArray(FLOATS, x, at + i).add(shift).intoArray(x, at + i);
        }
        for (int i = whole; i < count; i++) {
            x[at + i] += shift;
        }
    }

    static void scaleInPlace(float alpha, float[] x, int at, int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            fromArray(FLOATS, x, at + i).mul(alpha).intoArray(x, at + i);
        }
        for (int i = whole; i < count; i++) {
            x[at + i] *= alpha;
        }
    }

    static void softmaxGradAdd(Scratch scratch, HostBuffer y, HostBuffer dy, int rows, HostBuffer dx) {
        int columns = dx.length() / rows;
        int whole = FLOATS.loopBound(columns);
        float[] room = scratch.take(Area.LANES, Lanes.COUNT);
        for (int r = 0; r < rows; r++) {
            int atY = y.offset + r * columns;
            int atDy = dy.offset + r * columns;
            int to = dx.offset + r * columns;
            float dot = (float) VectorReductions.dot(y.array, atY, dy.array, atDy, columns, room);
            for (int c = 0; c < whole; c += Lanes.COUNT) {
                FloatVector gradient =
                        fromArray(FLOATS, dy.array, atDy + c).sub(dot).mul(fromArray(FLOATS, y.array, atY + c));
                fromArray(FLOATS, dx.array, to + c).add(gradient).intoArray(dx.array, to + c);
            }
            for (int c = whole; c < columns; c++) {
                dx.array[to + c] += (dy.array[atDy + c] - dot) * y.array[atY + c];
            }
        }
    }

    static void logSoftmax(Scratch scratch, HostBuffer x, int rows, HostBuffer out) {
        int columns = out.length() / rows;
        float[] room = scratch.take(Area.LANES, Lanes.COUNT);
        float[] powers = scratch.take(Area.FACTORS, columns);
        for (int r = 0; r < rows; r++) {
            int at = x.offset + r * columns;
            int to = out.offset + r * columns;
            float max = VectorReductions.max(x.array, at, columns);
            System.arraycopy(x.array, at, out.array, to, columns);
            shiftInPlace(-max, out.array, to, columns);
            VectorMath.exp(out.array, to, powers, 0, columns, room);
            double sum = VectorReductions.sum(powers, 0, columns, room);
            shiftInPlace((float) -Math.log(sum), out.array, to, columns);
        }
    }

    static void logSoftmaxGradAdd(Scratch scratch, HostBuffer y, HostBuffer dy, int rows, HostBuffer dx) {
        int columns = dx.length() / rows;
        float[] room = scratch.take(Area.LANES, Lanes.COUNT);
        float[] step = scratch.take(Area.FACTORS, columns);
        for (int r = 0; r < rows; r++) {
            int atDy = dy.offset + r * columns;
            int to = dx.offset + r * columns;
            VectorMath.exp(y.array, y.offset + r * columns, step, 0, columns, room);
            scaleInPlace((float) -VectorReductions.sum(dy.array, atDy, columns, room), step, 0, columns);
            VectorElementwise.addInto(dy.array, atDy, step, 0, columns);
            VectorElementwise.addInto(step, 0, dx.array, to, columns);
        }
    }

    static void sumRowsAdd(HostBuffer x, int rows, HostBuffer out) {
        int columns = out.length();
        for (int r = 0; r < rows; r++) {
            VectorElementwise.addInto(x.array, x.offset + r * columns, out.array, out.offset, columns);
        }
    }

    static void copyColumnsAdd(
            int rows, int width, HostBuffer x, int xColumns, int xFrom, HostBuffer out, int outColumns, int outFrom) {
        for (int r = 0; r < rows; r++) {
            int from = x.offset + r * xColumns + xFrom;
            VectorElementwise.addInto(x.array, from, out.array, out.offset + r * outColumns + outFrom, width);
        }
    }

    static void scatterRowsAdd(HostBuffer dy, int[] ids, int features, HostBuffer dTable) {
        for (int i = 0; i < ids.length; i++) {
            int to = dTable.offset + ids[i] * features;
            VectorElementwise.addInto(dy.array, dy.offset + i * features, dTable.array, to, features);
        }
    }
}
