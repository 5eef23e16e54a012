package dev.parallax.eval.baseline;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.eval.Matrices;
import java.util.Arrays;

/// Inputs of a linear model, one row per utterance, of which only what is not zero is kept: a bag of words has
/// thousands of columns and a dozen words. Immutable.
public final class SparseRows {

    private static final int MOST_DENSE = Integer.MAX_VALUE - 8;

    private final int columns;
    private final int[][] indices; // [rows][not zero], rising
    private final double[][] values;

    /// Takes the arrays over.
    SparseRows(int columns, int[][] indices, double[][] values) {
        this.columns = columns;
        this.indices = indices;
        this.values = values;
    }

    /// The same numbers as dense rows.
    ///
    /// @param dense [rows][columns], at least one row, finite, not modified
    public static SparseRows of(double[][] dense) {
        if (dense.length == 0) {
            throw new BadInputException("rows: there are none; is this part of the split empty?");
        }
        int columns = dense[0].length;
        int[][] indices = new int[dense.length][];
        double[][] values = new double[dense.length][];
        for (int i = 0; i < dense.length; i++) {
            Matrices.checkRow("rows", dense, i);
            int[] kept = new int[columns];
            int count = 0;
            for (int j = 0; j < columns; j++) {
                if (dense[i][j] != 0) {
                    kept[count++] = j;
                }
            }
            indices[i] = Arrays.copyOf(kept, count);
            values[i] = new double[count];
            for (int e = 0; e < count; e++) {
                values[i][e] = dense[i][kept[e]];
            }
        }
        return new SparseRows(columns, indices, values);
    }

    /// The number of rows.
    public int rows() {
        return values.length;
    }

    /// The number of columns.
    public int columns() {
        return columns;
    }

    /// Whether so many numbers are not zero that writing down all of them is faster, and one array can hold them.
    boolean isDense() {
        long kept = 0;
        for (double[] row : values) {
            kept += row.length;
        }
        long all = (long) columns * values.length;
        return 4 * kept > all && all <= MOST_DENSE;
    }

    /// One number.
    public double at(int row, int column) {
        int e = Arrays.binarySearch(indices[row], column);
        return e < 0 ? 0 : values[row][e];
    }

    int[] indices(int row) {
        return indices[row];
    }

    double[] values(int row) {
        return values[row];
    }

    void checkColumns(String what, int expected) {
        if (columns != expected) {
            throw new ShapeException(what + ": rows of " + columns + " columns, fitted on " + expected);
        }
    }
}
