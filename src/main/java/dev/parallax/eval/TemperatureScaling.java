package dev.parallax.eval;

import dev.parallax.BadInputException;

/// One number that calibrates a model's probabilities: p = softmax(z / T). It changes no decision.
///
/// T minimises the negative log-likelihood on a validation part. In s = 1/T that is a convex function, f(s) = mean
/// of (ln sum over k of exp(s z_k) - s z_y). Its derivative rises: f'(s) = mean of (sum over k of p_k z_k - z_y),
/// with p = softmax(s z). So the minimum is where f' changes its sign, found by bisection of ln T between the
/// limits.
///
/// Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017.
///
/// @param temperature T, within [#LEAST] and [#MOST]; 1 leaves the probabilities as they are
public record TemperatureScaling(double temperature) {

    /// The least temperature that is fitted: reached when every answer is right, where the likelihood has no maximum.
    public static final double LEAST = 0.05;

    /// The greatest temperature that is fitted: reached when the logits are uninformative or wrong.
    public static final double MOST = 20;

    private static final int STEPS = 60; // halve ln(400) to below the resolution of a double

    /// Checks the range.
    public TemperatureScaling {
        if (!(temperature >= LEAST && temperature <= MOST)) {
            throw new BadInputException(
                    "temperature: is " + temperature + ", expected a number from " + LEAST + " to " + MOST);
        }
    }

    /// Fits the temperature.
    ///
    /// @param logits [utterances][classes] of a validation part that the model was not trained on, not modified
    /// @param truth  [utterances], the true classes
    public static TemperatureScaling fit(double[][] logits, int[] truth) {
        Probabilities.check("temperature", logits, truth);
        if (slope(logits, truth, 1) == 0) {
            return new TemperatureScaling(1); // it is there already, or the logits are all equal
        }
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (slope(logits, truth, Math.exp(middle)) > 0) {
                low = middle; // too sure: a higher temperature is better
            } else {
                high = middle;
            }
        }
        return new TemperatureScaling(Math.clamp(Math.exp((low + high) / 2), LEAST, MOST));
    }

    /// f'(1/T), times the number of utterances.
    private static double slope(double[][] logits, int[] truth, double temperature) {
        double slope = 0;
        for (int i = 0; i < truth.length; i++) {
            double[] p = Probabilities.softmax(logits[i], temperature);
            for (int k = 0; k < p.length; k++) {
                slope += p[k] * (logits[i][k] - logits[i][truth[i]]);
            }
        }
        return slope;
    }
}
