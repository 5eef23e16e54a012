package dev.parallax.data;

import dev.parallax.ShapeException;
import java.util.Arrays;

/// Brings each column of features to mean 0 and standard deviation 1 over the rows that it was made from: x' = (x -
/// mean) / deviation. A column that never changed there has no information, so it becomes 0.
/// shapes: [rows, columns] -> [rows, columns].
public final class FeatureScaling {

    /// The fewest recordings of a speaker over which features can be standardised.
    public static final int LEAST_OF_SPEAKER = 5;

    private static final double CONSTANT = 1e-6; // deviation over the largest value: rounding of floats alone

    private final float[] mean;
    private final float[] deviation;

    /// @param deviation of each column, 0 for one that never changed
    public FeatureScaling(float[] mean, float[] deviation) {
        if (mean.length != deviation.length) {
            throw new ShapeException(
                    "scaling: " + mean.length + " means and " + deviation.length + " deviations; expected as many");
        }
        this.mean = mean.clone();
        this.deviation = deviation.clone();
    }

    /// The scaling of all rows of some features.
    ///
    /// @param features each [rows, columns], at least one row in all; gone through twice
    public static FeatureScaling of(int columns, Iterable<float[]> features) {
        double[] mean = new double[columns];
        double[] largest = new double[columns];
        long rows = 0;
        for (float[] values : features) {
            for (int i = 0; i < values.length; i++) {
                int column = i % columns;
                mean[column] += values[i];
                largest[column] = Math.max(largest[column], Math.abs(values[i]));
            }
            rows += values.length / columns;
        }
        if (rows == 0) {
            throw new ShapeException("scaling: there is no row to make it from");
        }
        for (int column = 0; column < columns; column++) {
            mean[column] /= rows;
        }
        double[] squares = new double[columns];
        for (float[] values : features) {
            for (int i = 0; i < values.length; i++) {
                double centered = values[i] - mean[i % columns];
                squares[i % columns] += centered * centered;
            }
        }
        float[] means = new float[columns];
        float[] deviations = new float[columns];
        for (int column = 0; column < columns; column++) {
            double deviation = Math.sqrt(squares[column] / rows);
            means[column] = (float) mean[column];
            deviations[column] = deviation > CONSTANT * largest[column] ? (float) deviation : 0;
        }
        return new FeatureScaling(means, deviations);
    }

    /// Number of columns.
    public int columns() {
        return mean.length;
    }

    /// Number of columns that changed.
    public int varied() {
        int varied = 0;
        for (float spread : deviation) {
            varied += spread > 0 ? 1 : 0;
        }
        return varied;
    }

    /// The mean of each column.
    public float[] mean() {
        return mean.clone();
    }

    /// The standard deviation of each column, 0 where it never changed.
    public float[] deviation() {
        return deviation.clone();
    }

    /// Scaled rows.
    ///
    /// @param rows [rows, columns], not modified
    public float[] apply(float[] rows) {
        if (rows.length % mean.length != 0) {
            throw new ShapeException("scaling: " + rows.length + " values are no rows of " + mean.length + " columns");
        }
        float[] scaled = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int column = i % mean.length;
            scaled[i] = deviation[column] == 0 ? 0 : (rows[i] - mean[column]) / deviation[column];
        }
        return scaled;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureScaling scaling
                && Arrays.equals(mean, scaling.mean)
                && Arrays.equals(deviation, scaling.deviation);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
    }
}
