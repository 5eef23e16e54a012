package dev.parallax.audit.training;

import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Holds the gradient of a training step against the loss itself: the step is computed as in training, dropout
/// included; then its loss L is computed again by the formula of each operation, in plain double loops from the inputs
/// and the parameters on, and the derivative of L in a direction v of a parameter θ by
///
///     (L(θ + h v) - L(θ - h v)) / 2h
///
/// which must be g · v, with g the gradient of the step. Of each parameter two directions are tried: one of random
/// signs, in which every number of g counts, and that of g itself, in which nothing cancels.
///
/// @param steps      operations of the forward pass
/// @param loss       of the batch, as the step has it
/// @param forward    the largest difference of an operation's result from its formula, over the largest of its numbers;
///                   all formulas read the results of formulas
/// @param parameters of the model that learn
public record GradientCheck(int steps, double loss, double forward, List<Checked> parameters) {

    /// The largest difference that is only rounding: that of single precision, over all operations.
    public static final double BOUND = 1e-3;

    private static final double STEP = 1e-7; // h: small, or a relu is crossed where many numbers move

    private static final double ROUNDING = 8 / (2 * STEP); // of a difference of losses over 2h [ulp of the loss]

    /// A parameter.
    ///
    /// @param name   of it
    /// @param norm   |g|₂
    /// @param signs  |g · v - derivative| / |g|₂ for v of random signs, less the rounding of the derivative: some
    ///               1e-8, which counts where |g| is tiny
    /// @param along  the same for v = g / |g|₂
    public record Checked(String name, double norm, double signs, double along) {

        /// Whether the gradient is that of the loss.
        public boolean holds() {
            return signs <= BOUND && along <= BOUND;
        }
    }

    public GradientCheck {
        parameters = List.copyOf(parameters);
    }

    /// Whether the forward pass and every gradient hold.
    public boolean holds() {
        return forward <= BOUND && parameters.stream().allMatch(Checked::holds);
    }

    /// @param results of the formulas of the step's operations
    /// @param seed    of the random signs
    /// @param done    is run behind each parameter
    static GradientCheck of(TracedStep step, Map<String, double[]> results, long seed, Runnable done) {
        List<Checked> checked = new ArrayList<>();
        for (String name : step.gradients().keySet()) {
            checked.add(checked(step, results, name, new RandomStream(seed, 0, 0, checked.size())));
            done.run();
        }
        return new GradientCheck(step.pass().steps(), step.loss(), step.pass().largestDifference(results), checked);
    }

    private static Checked checked(TracedStep step, Map<String, double[]> results, String name, RandomStream random) {
        double[] gradient = Objects.requireNonNull(step.gradients().get(name));
        double rounding = ROUNDING * Math.ulp(step.loss());
        double norm = norm(gradient);
        double[] signs = signs(gradient.length, random);
        double[] along = times(gradient, norm == 0 ? 0 : 1 / norm);
        double ofSigns = dot(gradient, signs) - slope(step, results, name, signs);
        double ofAlong = norm - slope(step, results, name, along);
        return new Checked(name, norm, share(ofSigns, norm, rounding), share(ofAlong, norm, rounding));
    }

    /// What of a difference is more than rounding of the losses, over the norm of the gradient.
    private static double share(double difference, double norm, double rounding) {
        double off = Math.max(0, Math.abs(difference) - rounding);
        return off == 0 ? 0 : Double.isNaN(off) ? Double.POSITIVE_INFINITY : off / norm;
    }

    private static double slope(TracedStep step, Map<String, double[]> results, String name, double[] direction) {
        double[] from = Objects.requireNonNull(step.values().get(name));
        Map<String, double[]> changed = new HashMap<>(step.values());
        changed.put(name, moved(from, direction, STEP));
        double above = step.pass().loss(results, changed, name);
        changed.put(name, moved(from, direction, -STEP));
        return (above - step.pass().loss(results, changed, name)) / (2 * STEP);
    }

    private static double[] moved(double[] from, double[] direction, double by) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += by * direction[i];
        }
        return to;
    }

    private static double[] signs(int count, RandomStream random) {
        double[] signs = new double[count];
        Arrays.setAll(signs, _ -> random.nextInt(2) == 0 ? -1 : 1);
        return signs;
    }

    private static double[] times(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] values) {
        return Math.sqrt(dot(values, values));
    }
}
