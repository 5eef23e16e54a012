package dev.parallax.model.domain;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.data.FeatureScaling;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Magnitude;
import dev.parallax.io.RecordJson;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a recording lies from those of the training part, by the statistics of its features. With the columns
/// standardised over the training part, z = (x - mean) / deviation, and the training part's first principal
/// components v_k of variance s_k:
///
///     t = z · v        T² = (1/K) sum over k of t_k² / s_k          far away in directions that are known
///                      Q  = |z - sum over k of t_k v_k|² / D        directions that the training part does not have
///     distance = max(T² / limit of T², Q / limit of Q)
///
/// These are Hotelling's T² and the squared prediction error of process monitoring [1], together the Mahalanobis
/// distance under probabilistic principal components, with a limit for each part. The limits are set on the
/// validation part, whose speakers the training part lacks: hardly any of its recordings lies above 1. No single
/// recording is kept.
///
/// [1] J. E. Jackson, G. S. Mudholkar, "Control procedures for residuals associated with principal component
///     analysis", Technometrics 21, 1979.
public final class FeatureDistance {

    private final FeatureScaling scaling;
    private final float[][] components;
    private final List<Double> variances;
    private final double limitWithin;
    private final double limitBeyond;

    /// @param scaling     over the training part; a column that is constant there is ignored
    /// @param components  the principal components, unit vectors of one number per column
    /// @param variances   of the components, above 0
    /// @param limitWithin limit of T², above 0
    /// @param limitBeyond limit of Q, above 0
    public FeatureDistance(
            FeatureScaling scaling,
            float[][] components,
            List<Double> variances,
            double limitWithin,
            double limitBeyond) {
        boolean sound = components.length == variances.size();
        for (float[] component : components) {
            sound &= component.length == scaling.columns();
        }
        if (!sound) {
            throw new ShapeException("distance: " + scaling.columns() + " columns, " + components.length
                    + " components and " + variances.size() + " variances do not fit together");
        }
        if (!(limitWithin > 0 && limitBeyond > 0) || variances.stream().anyMatch(v -> !(v > 0))) {
            throw new BadInputException("distance: limits " + limitWithin + ", " + limitBeyond + " and variances "
                    + variances + " must be above 0");
        }
        this.scaling = scaling;
        this.components = components.clone();
        this.variances = List.copyOf(variances);
        this.limitWithin = limitWithin;
        this.limitBeyond = limitBeyond;
    }

    /// The values that are not tensors.
    record Limits(List<Double> variances, double limitWithin, double limitBeyond) {
        static final RecordJson<Limits> JSON = RecordJson.of(Limits.class);
    }

    /// T² and Q of a row, without their limits.
    public record Parts(double within, double beyond) {}

    /// The same with limits.
    public FeatureDistance withLimits(double within, double beyond) {
        return new FeatureDistance(scaling, components, variances, within, beyond);
    }

    /// The parts of the distance of a row.
    ///
    /// @param row the statistics, one number per column; not modified
    public Parts parts(float[] row) {
        if (row.length != scaling.columns()) {
            throw new ShapeException("distance: a row of " + row.length + " columns, expected " + scaling.columns());
        }
        float[] z = scaling.apply(row);
        double squares = 0;
        for (float value : z) {
            squares += (double) value * value;
        }
        double within = 0;
        for (int k = 0; k < components.length; k++) {
            double t = 0;
            for (int i = 0; i < z.length; i++) {
                t += (double) z[i] * components[k][i];
            }
            within += t * t / variances.get(k);
            squares -= t * t;
        }
        return new Parts(within / Math.max(1, components.length), Math.max(0, squares) / Math.max(1, scaling.varied()));
    }

    /// The distance: above 1 the row is unlike those of training and validation.
    public double of(float[] row) {
        Parts parts = parts(row);
        return Math.max(parts.within / limitWithin, parts.beyond / limitBeyond);
    }

    /// A distance above 1 as text: with as many digits as it takes to be above 1 as printed, rounded up from 1.001
    /// on.
    static String beyondOne(double far) {
        if (far >= 1.05) {
            return far < 1000 ? String.format(Locale.ROOT, "%.1f", far) : Magnitude.of(far);
        }
        return String.format(Locale.ROOT, far >= 1.005 ? "%.2f" : "%.3f", Math.max(far, 1.001));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FeatureDistance that
                && scaling.equals(that.scaling)
                && Arrays.deepEquals(components, that.components)
                && variances.equals(that.variances)
                && limitWithin == that.limitWithin
                && limitBeyond == that.limitBeyond;
    }

    @Override
    public int hashCode() {
        return scaling.hashCode() ^ variances.hashCode();
    }

    /// How rows are standardised.
    FeatureScaling scaling() {
        return scaling;
    }

    /// All components, one after the other.
    float[] components() {
        float[] all = new float[components.length * scaling.columns()];
        for (int k = 0; k < components.length; k++) {
            System.arraycopy(components[k], 0, all, k * scaling.columns(), scaling.columns());
        }
        return all;
    }

    int count() {
        return components.length;
    }

    JsonObject toJson() {
        return Limits.JSON.write(new Limits(variances, limitWithin, limitBeyond));
    }
}
