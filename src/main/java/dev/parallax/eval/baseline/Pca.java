package dev.parallax.eval.baseline;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.eval.Matrices;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/// Principal component analysis: the directions in which rows differ most, for looking at utterance
/// vectors in two dimensions.
///
/// The centred rows have the thin singular value decomposition X - mean = U S Vᵀ. The components are the columns of
/// V by falling s, and component k explains the variance s_k² / (n - 1), a share of s_k² / (sum of s²). Signs are
/// free; here the loading of largest magnitude is positive (the first of several that are equal up to rounding), so
/// that pictures can be compared.
///
/// Source: Jolliffe, "Principal Component Analysis", 2nd ed., 2002, section 3.5; the decomposition is
/// EJML's.
public final class Pca {

    private static final double EQUAL = 1e-9; // magnitudes closer than this, relatively, count as equal

    private final double[] mean;
    private final double[][] components;
    private final double[] variances;
    private final double total;

    private Pca(double[] mean, double[][] components, double[] variances, double total) {
        this.mean = mean;
        this.components = components;
        this.variances = variances;
        this.total = total;
    }

    /// Fits the components.
    ///
    /// @param rows       [n][columns], n at least 2, finite, not all equal; not modified
    /// @param components how many, from 1 to the lesser of n - 1 and columns
    public static Pca fit(double[][] rows, int components) {
        if (rows.length < 2) {
            throw new BadInputException("pca: " + rows.length + " rows, expected at least 2");
        }
        IntStream.range(0, rows.length).forEach(i -> Matrices.checkRow("pca", rows, i));
        int columns = rows[0].length;
        int most = Math.min(rows.length - 1, columns);
        if (components < 1 || components > most) {
            throw new BadInputException("pca: " + components + " components of " + rows.length + " rows of " + columns
                    + ", expected 1.." + most);
        }
        double[] mean = new double[columns];
        for (double[] row : rows) {
            for (int j = 0; j < columns; j++) {
                mean[j] += row[j] / rows.length;
            }
        }
        DMatrixRMaj centered = new DMatrixRMaj(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                centered.set(i, j, rows[i][j] - mean[j]);
            }
        }
        return decompose(centered, mean, components);
    }

    private static Pca decompose(DMatrixRMaj centered, double[] mean, int count) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(centered.numRows, centered.numCols, false, true, true);
        if (!svd.decompose(centered.copy())) {
            throw new IllegalStateException("pca: the singular value decomposition did not converge");
        }
        double[] singular = svd.getSingularValues();
        int[] falling = IntStream.range(0, svd.numberOfSingularValues())
                .boxed()
                .sorted((a, b) -> Double.compare(singular[b], singular[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        double squares = Arrays.stream(falling)
                .mapToDouble(k -> singular[k] * singular[k])
                .sum();
        if (!(squares > 0)) {
            throw new BadInputException("pca: all rows are equal, so there is no direction in which they differ");
        }
        DMatrixRMaj vTransposed = svd.getV(null, true);
        double[][] components = new double[count][mean.length];
        double[] variances = new double[count];
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < mean.length; j++) {
                components[k][j] = vTransposed.get(falling[k], j);
            }
            orientInPlace(components[k]);
            variances[k] = singular[falling[k]] * singular[falling[k]] / (centered.numRows - 1);
        }
        return new Pca(mean, components, variances, squares / (centered.numRows - 1));
    }

    private static void orientInPlace(double[] component) {
        double largest = Arrays.stream(component).map(Math::abs).max().orElse(0);
        double leading = Arrays.stream(component)
                .filter(x -> Math.abs(x) >= largest * (1 - EQUAL))
                .findFirst()
                .orElse(0);
        if (leading < 0) {
            for (int j = 0; j < component.length; j++) {
                component[j] = -component[j];
            }
        }
    }

    /// The loadings of a component: a unit vector, at right angles to the others.
    ///
    /// @return one loading a column
    public double[] component(int k) {
        return components[k].clone();
    }

    /// The variance of the rows along a component.
    public double variance(int k) {
        return variances[k];
    }

    /// The share of all variance that a component explains, in `[0, 1]`.
    public double share(int k) {
        return variances[k] / total;
    }

    /// The coordinates of rows along the components: (x - mean) · component.
    ///
    /// @param rows [n][columns], the rows fitted on or others
    /// @return [n][components]
    public double[][] project(double[][] rows) {
        double[][] out = new double[rows.length][components.length];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != mean.length) {
                throw new ShapeException(
                        "pca: row " + i + " has " + rows[i].length + " columns, fitted on " + mean.length);
            }
            for (int k = 0; k < components.length; k++) {
                for (int j = 0; j < mean.length; j++) {
                    out[i][k] += (rows[i][j] - mean[j]) * components[k][j];
                }
            }
        }
        return out;
    }
}
