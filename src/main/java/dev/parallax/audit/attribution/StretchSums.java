package dev.parallax.audit.attribution;

import dev.parallax.data.FeatureScaling;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.attention.Stretches;
import java.util.Arrays;
import java.util.List;

/// From the rows of a window to its stretches ([Perturbation#STRETCHES]).
///
/// Rows that follow each other in time: a stretch is worth the sum of the rows whose middle lies in it.
/// Silence that was cut has no rows.
///
/// One row of functionals has no time. There a stretch s is worth what its silence would change, to
/// first order,
///
///     Σ_i g_i (x_i - x_i without s),   g the gradient, the mean along the line
///
/// which is exact where the logit is linear in the features, and does not add up to the whole: what a
/// stretch changes in a maximum or a deviation depends on the others.
final class StretchSums {

    private StretchSums() {}

    /// What each stretch of a window is worth.
    static List<Double> of(Perturbation asked, int window, Attribution attribution) {
        EmotionModel model = asked.model();
        double[] sums = isOneRow(model)
                ? ofFunctionals(asked, window, attribution)
                : sums(
                        Stretches.places(model, asked.audit().windows().get(window), attribution.rows()),
                        attribution.ofRows());
        return Arrays.stream(sums).boxed().toList();
    }

    /// Whether a window is one row of functionals.
    static boolean isOneRow(EmotionModel model) {
        return model.encoders().audio() == null && model.config().features().utteranceLevel();
    }

    private static double[] ofFunctionals(Perturbation asked, int window, Attribution attribution) {
        float[] x = standardised(asked.model(), asked.heard(window).features());
        double[] sums = new double[Perturbation.STRETCHES];
        for (int stretch = 0; stretch < sums.length; stretch++) {
            float[] without = standardised(
                    asked.model(),
                    asked.without(window * Perturbation.STRETCHES + stretch).features());
            for (int i = 0; i < x.length; i++) {
                sums[stretch] += attribution.gradient()[i] * ((double) x[i] - without[i]);
            }
        }
        return sums;
    }

    /// Features as the network reads them.
    static float[] standardised(EmotionModel model, float[] features) {
        FeatureScaling scaling = model.scaling();
        return scaling == null ? features : scaling.apply(features);
    }

    /// The sums of numbers by the stretch that each lies in.
    ///
    /// @param places of the numbers in the window, in [0, 1)
    private static double[] sums(double[] places, double[] values) {
        double[] sums = new double[Perturbation.STRETCHES];
        int[] owners = Stretches.owners(places);
        for (int i = 0; i < values.length; i++) {
            sums[owners[i]] += values[i];
        }
        return sums;
    }
}
