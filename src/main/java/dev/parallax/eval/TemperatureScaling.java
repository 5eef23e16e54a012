package dev.parallax.eval;

import dev.parallax.BadInputException;

/// One number that calibrates a model's probabilities: p = softmax(z / T). It changes no decision.
///
/// T minimises the negative log-likelihood on a validation part. In s = 1/T that is a convex function, f(s) = sum
/// of (ln sum over k of exp(s z_k) - s z_y). Its derivative rises: f'(s) = sum of (sum over k of p_k z_k - z_y),
/// with p = softmax(s z). So the minimum is where f' changes its sign, found by bisection of ln T between the
/// limits.
///
/// With few clips that minimum says little: where all answers are right, it is T = 0. So n0 pseudo-clips can be
/// added, whose classes are as the model gives them, q = softmax(z). They pull T towards 1, the more the fewer
/// clips there are:
///
///     f(s) = sum over the n clips i of [ln sum over k of exp(s z_ik) - s z_iy]
///            + n0 / n · sum over i of [ln sum over k of exp(s z_ik) - s sum over k of q_ik z_ik]
///
/// For softmax this is the logarithm of a posterior whose prior is the conjugate one of a weight of n0
/// observations and its mode at T = 1; it is as convex as the first sum. n0 = 0 is the plain fit.
///
/// Sources: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017; Diaconis,
/// Ylvisaker, "Conjugate Priors for Exponential Families", Annals of Statistics 7, 1979.
///
/// @param temperature T, within [#LEAST] and [#MOST]; 1 leaves the probabilities as they are
public record TemperatureScaling(double temperature) {

    /// The least temperature that is fitted: reached when every answer is right, where the likelihood has no maximum.
    public static final double LEAST = 0.05;

    /// The greatest temperature that is fitted: reached when the logits are uninformative or wrong.
    public static final double MOST = 20;

    /// The pseudo-clips of training. `docs/sure.md` has the figures.
    public static final int PRIOR_CLIPS = 16;

    private static final int STEPS = 60; // halve ln(400) to below the resolution of a double

    /// Checks the range.
    public TemperatureScaling {
        if (!(temperature >= LEAST && temperature <= MOST)) {
            throw new BadInputException(
                    "temperature: is " + temperature + ", expected a number from " + LEAST + " to " + MOST);
        }
    }

    /// The plain fit, without pseudo-clips.
    ///
    /// @param logits `[utterances][classes]` of a validation part that the model was not trained on, not modified
    /// @param truth  `[utterances]`, the true classes
    public static TemperatureScaling fit(double[][] logits, int[] truth) {
        return fit(logits, truth, 0);
    }

    /// Fits the temperature.
    ///
    /// @param logits `[utterances][classes]` of a validation part that the model was not trained on, not modified
    /// @param truth  `[utterances]`, the true classes
    /// @param priorClips the weight n0 of T = 1 in clips, 0 or more
    public static TemperatureScaling fit(double[][] logits, int[] truth, double priorClips) {
        Probabilities.check("temperature", logits, truth);
        double share = priorClips / truth.length;
        if (slope(logits, truth, 1, share) == 0) {
            return new TemperatureScaling(1); // it is there already, or the logits are all equal
        }
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (slope(logits, truth, Math.exp(middle), share) > 0) {
                low = middle; // too sure: a higher temperature is better
            } else {
                high = middle;
            }
        }
        return new TemperatureScaling(Math.clamp(Math.exp((low + high) / 2), LEAST, MOST));
    }

    /// f'(1/T).
    ///
    /// @param share n0 / n
    private static double slope(double[][] logits, int[] truth, double temperature, double share) {
        double slope = 0;
        for (int i = 0; i < truth.length; i++) {
            double[] p = Probabilities.softmax(logits[i], temperature);
            double[] q = Probabilities.softmax(logits[i], 1);
            for (int k = 0; k < p.length; k++) {
                slope += p[k] * (logits[i][k] - logits[i][truth[i]]) + share * (p[k] - q[k]) * logits[i][k];
            }
        }
        return slope;
    }
}
