package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.vector.Scratch.Area;
import jdk.incubator.vector.FloatVector;

/// Layer normalisation in vectors. The formulas are in [dev.parallax.backend.Backend#layerNorm] and
/// [dev.parallax.backend.Backend#layerNormGradAdd]. A row is first normalised into working memory; all that follows
/// is sums and products of whole rows.
final class VectorLayerNorm {

    private VectorLayerNorm() {}

    static void forward(
            Scratch scratch,
            HostBuffer x,
            HostBuffer gamma,
            HostBuffer beta,
            float epsilon,
            int rows,
            HostBuffer stats,
            HostBuffer out) {
        int columns = gamma.length();
        float[] room = scratch.take(Area.LANES, Lanes.COUNT);
        float[] row = scratch.take(Area.FACTORS, columns);
        for (int r = 0; r < rows; r++) {
            int at = x.offset + r * columns;
            float mean = (float) (VectorReductions.sum(x.array, at, columns, room) / columns);
            normalise(x.array, at, mean, 1, row, columns);
            double variance = VectorReductions.dot(row, 0, row, 0, columns, room) / columns;
            float rstd = (float) (1 / Math.sqrt(variance + epsilon));
            stats.array[stats.offset + 2 * r] = mean;
            stats.array[stats.offset + 2 * r + 1] = rstd;
            VectorRows.scaleInPlace(rstd, row, 0, columns);
            int to = out.offset + r * columns;
            VectorElementwise.multiply(row, 0, gamma.array, gamma.offset, out.array, to, columns);
            VectorElementwise.addInto(beta.array, beta.offset, out.array, to, columns);
        }
    }

    static void gradAdd(
            Scratch scratch,
            HostBuffer x,
            HostBuffer gamma,
            HostBuffer stats,
            HostBuffer dy,
            int rows,
            HostBuffer dx,
            HostBuffer dGamma,
            HostBuffer dBeta) {
        int columns = gamma.length();
        float[] room = scratch.take(Area.LANES, Lanes.COUNT);
        float[] xhat = scratch.take(Area.FACTORS, columns);
        float[] g = scratch.take(Area.SCORES, columns);
        float[] product = scratch.take(Area.D_SCORES, columns);
        for (int r = 0; r < rows; r++) {
            int at = r * columns;
            float rstd = stats.array[stats.offset + 2 * r + 1];
            normalise(x.array, x.offset + at, stats.array[stats.offset + 2 * r], rstd, xhat, columns);
            VectorElementwise.multiply(dy.array, dy.offset + at, xhat, 0, product, 0, columns);
            VectorElementwise.addInto(product, 0, dGamma.array, dGamma.offset, columns);
            VectorElementwise.addInto(dy.array, dy.offset + at, dBeta.array, dBeta.offset, columns);
            VectorElementwise.multiply(dy.array, dy.offset + at, gamma.array, gamma.offset, g, 0, columns);
            float meanG = (float) (VectorReductions.sum(g, 0, columns, room) / columns);
            float meanGx = (float) (VectorReductions.dot(g, 0, xhat, 0, columns, room) / columns);
            passBack(g, xhat, rstd, meanG, meanGx, dx.array, dx.offset + at, columns);
        }
    }

    /// row = (x - mean) · scale.
    private static void normalise(float[] x, int at, float mean, float scale, float[] row, int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            fromArray(FLOATS, x, at + i).sub(mean).mul(scale).intoArray(row, i);
        }
        for (int i = whole; i < count; i++) {
            row[i] = (x[at + i] - mean) * scale;
        }
    }

    /// dx += rstd · (g - meanG - xhat · meanGx).
    private static void passBack(
            float[] g, float[] xhat, float rstd, float meanG, float meanGx, float[] dx, int to, int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector inner = fromArray(FLOATS, g, i)
                    .sub(meanG)
                    .sub(fromArray(FLOATS, xhat, i).mul(meanGx));
            fromArray(FLOATS, dx, to + i).add(inner.mul(rstd)).intoArray(dx, to + i);
        }
        for (int i = whole; i < count; i++) {
            dx[to + i] += (g[i] - meanG - xhat[i] * meanGx) * rstd;
        }
    }
}
