package dev.parallax.eval.baseline;

/// Mean and inverse standard deviation of each column of a training part: x becomes (x - mean) · scale, of mean 0
/// and deviation 1 there. A constant column has scale 0, so it has no effect, whatever its values elsewhere.
final class Standardization {

    private static final double CONSTANT = 1e-10; // deviation over the largest value: rounding alone

    final double[] mean;
    final double[] scale;

    private Standardization(double[] mean, double[] scale) {
        this.mean = mean;
        this.scale = scale;
    }

    static Standardization fit(SparseRows rows) {
        int n = rows.rows();
        double[] mean = new double[rows.columns()];
        double[] largest = new double[rows.columns()];
        int[] present = new int[rows.columns()]; // rows in which the column is not zero
        for (int i = 0; i < n; i++) {
            int[] indices = rows.indices(i);
            double[] values = rows.values(i);
            for (int e = 0; e < indices.length; e++) {
                mean[indices[e]] += values[e] / n;
                largest[indices[e]] = Math.max(largest[indices[e]], Math.abs(values[e]));
                present[indices[e]]++;
            }
        }
        double[] squares = new double[rows.columns()];
        for (int j = 0; j < squares.length; j++) {
            squares[j] = (n - present[j]) * mean[j] * mean[j];
        }
        for (int i = 0; i < n; i++) {
            int[] indices = rows.indices(i);
            double[] values = rows.values(i);
            for (int e = 0; e < indices.length; e++) {
                double centered = values[e] - mean[indices[e]];
                squares[indices[e]] += centered * centered;
            }
        }
        double[] scale = new double[rows.columns()];
        for (int j = 0; j < scale.length; j++) {
            double deviation = Math.sqrt(squares[j] / n);
            scale[j] = deviation > CONSTANT * largest[j] ? 1 / deviation : 0;
        }
        return new Standardization(mean, scale);
    }
}
