package dev.parallax.audit.attribution;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.Segment;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.data.FeatureScaling;
import dev.parallax.model.EmotionModel;
import java.util.ArrayList;
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
                : sums(places(model, asked.audit().windows().get(window), attribution.rows()), attribution.ofRows());
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
        int[] owners = owners(places);
        for (int i = 0; i < values.length; i++) {
            sums[owners[i]] += values[i];
        }
        return sums;
    }

    /// The stretch in which each place lies.
    static int[] owners(double[] places) {
        return Arrays.stream(places)
                .mapToInt(place -> Math.min(Perturbation.STRETCHES - 1, (int) (place * Perturbation.STRETCHES)))
                .toArray();
    }

    /// Where the middle of each row lies in the window, in [0, 1). Rows have equal shares of what is
    /// heard, which is the window without the silence that was cut.
    static double[] places(EmotionModel model, Audio window, int rows) {
        List<Segment> heard = List.of(new Segment(0, window.samples().length));
        long length = window.samples().length;
        if (model.encoders().audio() == null) {
            FeatureConfig config = model.config().features();
            Audio resampled = window.sampleRate() == config.sampleRate()
                    ? window
                    : new Audio(
                            Resampler.of(window.sampleRate(), config.sampleRate())
                                    .resample(window.samples(), 1),
                            config.sampleRate());
            heard = new ArrayList<>(config.speech().kept(resampled));
            length = resampled.samples().length;
        }
        long total = heard.stream().mapToLong(Segment::length).sum();
        double[] places = new double[rows];
        int at = 0;
        long before = 0; // heard, in the segments before `at`
        for (int row = 0; row < rows; row++) {
            double middle = (row + 0.5) / rows * total;
            while (at < heard.size() - 1 && middle >= before + heard.get(at).length()) {
                before += heard.get(at).length();
                at++;
            }
            places[row] = (heard.get(at).start() + middle - before) / length;
        }
        return places;
    }
}
