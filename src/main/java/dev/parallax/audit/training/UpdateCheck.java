package dev.parallax.audit.training;

import dev.parallax.fusion.Loss;
import dev.parallax.trace.Source;
import dev.parallax.train.FollowedTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a step of training made of the gradient and of the parameters, held against [UpdateFormula]. Each link has
/// a difference of its own: clipping is computed from the checked gradient, the optimiser from the gradient that
/// training had clipped; moments and averages go on from step to step in double.
///
/// @param rate       of learning, as training had it
/// @param rateOff    its difference from the formula, over the largest rate
/// @param shares     of the step that audio, text and fusion took: 1, or those of [Loss#MODULATED]
/// @param sharesOff  the largest difference of these from their formula: that of Peng and others, CVPR 2022
/// @param clipping   what the gradient is multiplied by; of perspectives apart, the smallest
/// @param parameters those that learn
public record UpdateCheck(
        double rate, double rateOff, List<Double> shares, double sharesOff, double clipping, List<Moved> parameters) {

    /// The largest difference of a clipped gradient: that of single precision, over all operations and shards.
    public static final double CLIPPED_BOUND = 1e-3;

    /// The largest difference of moments and averages that is only rounding.
    public static final double KEPT_BOUND = 1e-5;

    /// The largest difference of parameters that is only rounding: a few units in the last place.
    public static final double MOVED_BOUND = 1e-6;

    /// The same of all numbers of a parameter together, whose roundings cancel.
    public static final double SCALED_BOUND = 2e-7;

    private static final double RATE_BOUND = 1e-9;
    private static final double SHARES_BOUND = 1e-4;
    private static final double NOTHING = 1e-6; // of the whole gradient: rounding, where a parameter has none

    /// A parameter after a step.
    ///
    /// @param name    of it
    /// @param clipped |found - formula|₂ of its clipped gradient, over |formula|₂
    /// @param kept    the largest difference of what the optimiser keeps of it, and of its average, over the
    ///                largest of these numbers
    /// @param moved   the largest difference of its numbers, each over the number or over the largest step of the
    ///                parameter, whichever is larger
    /// @param scaled  |difference · θ| / max(|θ|², |step|²): by how much the parameter as a whole became too large
    ///                or too small, as where it decays otherwise
    public record Moved(String name, double clipped, double kept, double moved, double scaled) {

        /// Whether they are those of the formulas.
        public boolean holds() {
            return clipped <= CLIPPED_BOUND && kept <= KEPT_BOUND && moved <= MOVED_BOUND && scaled <= SCALED_BOUND;
        }
    }

    public UpdateCheck {
        shares = List.copyOf(shares);
        parameters = List.copyOf(parameters);
    }

    /// Whether rate, shares and all parameters are those of the formulas.
    public boolean holds() {
        return rateOff <= RATE_BOUND
                && sharesOff <= SHARES_BOUND
                && parameters.stream().allMatch(Moved::holds);
    }

    /// What training had behind a step.
    ///
    /// @param gradient clipped, by the names of parameters
    /// @param after    the parameters
    /// @param kept     what it keeps, by its name and that of the parameter
    record Trained(
            FollowedTraining.Taken taken,
            Map<String, double[]> gradient,
            Map<String, double[]> after,
            Map<String, Map<String, double[]>> kept) {

        static Trained of(FollowedTraining training, FollowedTraining.Taken taken) {
            Map<String, Map<String, double[]>> kept = new HashMap<>();
            training.state().forEach((name, flat) -> kept.put(name, TracedStep.learning(training.model(), flat)));
            return new Trained(
                    taken,
                    TracedStep.learning(training.model(), training.gradient()),
                    TracedStep.values(training.model()),
                    kept);
        }
    }

    /// @param formula of the steps before; it takes this one
    /// @param results of the formulas of the step's operations
    static UpdateCheck of(
            FollowedTraining training,
            FollowedTraining.Next next,
            List<Member> members,
            TracedStep step,
            Map<String, double[]> results,
            Trained trained,
            UpdateFormula formula) {
        double rate = formula.rate(next.progress());
        FollowedTraining.Taken taken = trained.taken();
        List<Double> shares = List.of(taken.audio(), taken.text(), taken.fusion());
        List<Double> expected = shares(training, members, step, results);
        double whole = Math.sqrt(step.gradients().values().stream()
                .mapToDouble(UpdateFormula::sumOfSquares)
                .sum());
        Map<String, double[]> after = formula.step(step.values(), trained.gradient(), rate, taken, next.number());
        List<Moved> moved = new ArrayList<>();
        double smallest = 1;
        for (Map.Entry<String, double[]> entry : step.gradients().entrySet()) {
            String name = entry.getKey();
            double factor = formula.clipping(name, step.gradients());
            smallest = Math.min(smallest, factor);
            double[] before = Objects.requireNonNull(step.values().get(name));
            moved.add(new Moved(
                    name,
                    clipped(entry.getValue(), factor, of(trained.gradient(), name), NOTHING * whole),
                    kept(formula.kept(name), name, trained),
                    moved(before, of(after, name), of(trained.after(), name)),
                    scaled(before, of(after, name), of(trained.after(), name))));
        }
        double sharesOff = 0;
        for (int i = 0; i < shares.size(); i++) {
            sharesOff = Math.max(sharesOff, Math.abs(shares.get(i) - expected.get(i)));
        }
        double rateOff = Math.abs(taken.rate() - rate) / training.config().learningRate();
        return new UpdateCheck(taken.rate(), notNaN(rateOff), shares, sharesOff, smallest, moved);
    }

    private static double[] of(Map<String, double[]> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private static double clipped(double[] gradient, double factor, double[] found, double nothing) {
        double off = 0;
        for (int i = 0; i < gradient.length; i++) {
            double difference = found[i] - factor * gradient[i];
            off += difference * difference;
        }
        double norm = factor * Math.sqrt(UpdateFormula.sumOfSquares(gradient));
        return off == 0 ? 0 : notNaN(Math.sqrt(off) / Math.max(norm, nothing));
    }

    private static double kept(Map<String, double[]> formula, String name, Trained trained) {
        double largest = 0;
        for (Map.Entry<String, double[]> entry : formula.entrySet()) {
            double[] found = of(Objects.requireNonNull(trained.kept().get(entry.getKey())), name);
            double scale = Math.max(
                    Float.MIN_NORMAL,
                    Arrays.stream(entry.getValue()).map(Math::abs).max().orElse(0));
            for (int i = 0; i < found.length; i++) {
                largest = Math.max(largest, notNaN(Math.abs(found[i] - entry.getValue()[i]) / scale));
            }
        }
        return largest;
    }

    private static double moved(double[] before, double[] formula, double[] found) {
        double step = 0;
        for (int i = 0; i < before.length; i++) {
            step = Math.max(step, Math.abs(formula[i] - before[i]));
        }
        double largest = 0;
        for (int i = 0; i < before.length; i++) {
            double off = Math.abs(found[i] - formula[i]);
            largest = Math.max(largest, off == 0 ? 0 : notNaN(off / Math.max(Math.abs(before[i]), step)));
        }
        return largest;
    }

    private static double scaled(double[] before, double[] formula, double[] found) {
        double along = 0;
        double squares = 0;
        double steps = 0;
        for (int i = 0; i < before.length; i++) {
            along += (found[i] - formula[i]) * before[i];
            squares += before[i] * before[i];
            steps += (formula[i] - before[i]) * (formula[i] - before[i]);
        }
        return along == 0 ? 0 : notNaN(Math.abs(along) / Math.max(squares, steps));
    }

    private static double notNaN(double difference) {
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /// k of audio, text and fusion; 1 under other losses. With s_m = Σ softmax(z without the other modality)_y over
    /// the labelled utterances that have both, and ρ_m = s_m / s_other, it is k_m = 1 - tanh(modulation · ρ_m)
    /// where ρ_m > 1, else 1.
    private static List<Double> shares(
            FollowedTraining training, List<Member> members, TracedStep step, Map<String, double[]> results) {
        if (training.config().loss() != Loss.MODULATED) {
            return List.of(1.0, 1.0, 1.0);
        }
        double audio = contribution(step.audio(), members, step, results);
        double text = contribution(step.text(), members, step, results);
        double strength = training.config().modulation();
        return List.of(
                audio > text ? 1 - Math.tanh(strength * audio / text) : 1,
                text > audio ? 1 - Math.tanh(strength * text / audio) : 1,
                1.0);
    }

    private static double contribution(
            @Nullable Source source, List<Member> members, TracedStep step, Map<String, double[]> results) {
        if (source == null) {
            return 0;
        }
        double[] logits = DoublePass.read(source, results, step.values());
        List<Integer> owners = step.views().fused().owners();
        int classes = logits.length / owners.size();
        double sum = 0;
        for (int r = 0; r < owners.size(); r++) {
            int label = members.get(owners.get(r)).label();
            if (label >= 0) {
                double[] z = Arrays.copyOfRange(logits, r * classes, (r + 1) * classes);
                sum += Math.exp(z[label]) / Arrays.stream(z).map(Math::exp).sum();
            }
        }
        return sum;
    }
}
