package dev.parallax.audit.training;

import dev.parallax.model.Network;
import dev.parallax.train.FollowedTraining;
import dev.parallax.train.OptimizerKind;
import dev.parallax.train.TrainingConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Clipping, schedule and optimiser in plain double loops. With the gradient g of all parameters together (of each
/// perspective, where they are trained apart) and the rate η of step t, from 1,
///
///     c = g min(1, clipNorm / |g|₂)
///     η = learningRate                                               constant, and plateau while epochs improve
///     η = learningRate · p / u                                       cosine, p < u
///     η = learningRate (1 + cos(π (p - u) / (epochs - u))) / 2       cosine, after it
///
///     Adam:   d = c + weightDecay · θ
///     AdamW:  d = c, and first θ ← θ (1 - η weightDecay)
///     both:   m ← 0.9 m + 0.1 d      v ← 0.999 v + 0.001 d²
///             θ ← θ - η m / (1 - 0.9^t) / (√(v / (1 - 0.999^t)) + 1e-8)
///     SGD:    m ← 0.9 m + c + weightDecay · θ      θ ← θ - η m
///
/// p is the progress in epochs, u = min(warmUp, epochs / 2). Blocks of pretrained encoders have `encoderShare` of η.
/// Where a perspective takes a share k of the step, θ ← θ_before + k (θ - θ_before). The moving average is
/// a ← b a + (1 - b) θ with b = min(averaging, (1 + n) / (10 + n)), after n steps of training in all.
final class UpdateFormula {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final double MOMENTUM = 0.9;

    private final TrainingConfig config;
    private final List<String> clipped; // what the names of parameters begin with that are clipped together
    private final Map<String, double[]> first = new HashMap<>();
    private final Map<String, double[]> second = new HashMap<>();
    private final Map<String, double[]> averages = new HashMap<>();
    private int t;

    UpdateFormula(FollowedTraining training) {
        this.config = training.config();
        this.clipped = training.apart() ? List.of("audio.", "text.") : List.of("");
    }

    /// What clipping multiplies the gradient of a parameter by.
    double clipping(String parameter, Map<String, double[]> gradients) {
        String group =
                clipped.stream().filter(parameter::startsWith).findFirst().orElse(null);
        if (group == null || config.clipNorm() == 0) {
            return 1;
        }
        double norm = Math.sqrt(gradients.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(group))
                .mapToDouble(entry -> sumOfSquares(entry.getValue()))
                .sum());
        return norm > config.clipNorm() ? config.clipNorm() / norm : 1;
    }

    static double sumOfSquares(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }

    /// The learning rate.
    ///
    /// @param progress epochs done, with fractions
    double rate(double progress) {
        double peak = config.learningRate();
        return switch (config.schedule()) {
            case CONSTANT, PLATEAU -> peak;
            case COSINE -> {
                double warmUp = Math.min(config.warmUp(), config.epochs() / 2.0);
                double done = Math.min(1, (progress - warmUp) / (config.epochs() - warmUp));
                yield progress < warmUp ? peak * progress / warmUp : peak * (1 + Math.cos(Math.PI * done)) / 2;
            }
        };
    }

    /// The parameters after a step.
    ///
    /// @param before   the parameters, by name
    /// @param gradient clipped, by name
    /// @param taken    the shares of the step
    /// @param number   of the step in the training, from 0
    Map<String, double[]> step(
            Map<String, double[]> before,
            Map<String, double[]> gradient,
            double rate,
            FollowedTraining.Taken taken,
            int number) {
        t++;
        Map<String, double[]> after = new LinkedHashMap<>();
        gradient.forEach((name, c) -> {
            double[] theta = Objects.requireNonNull(before.get(name));
            double own = Network.isOfEncoder(name) ? rate * config.encoderShare() : rate;
            double[] moved =
                    config.optimizer() == OptimizerKind.SGD ? sgd(name, theta, c, own) : adam(name, theta, c, own);
            double share = share(name, taken);
            for (int i = 0; i < moved.length; i++) {
                moved[i] = theta[i] + share * (moved[i] - theta[i]);
            }
            average(name, theta, moved, number + 1);
            after.put(name, moved);
        });
        return after;
    }

    private double[] adam(String name, double[] theta, double[] c, double rate) {
        boolean decoupled = config.optimizer() == OptimizerKind.ADAMW;
        double decay = config.weightDecay();
        double[] m = first.computeIfAbsent(name, _ -> new double[c.length]);
        double[] v = second.computeIfAbsent(name, _ -> new double[c.length]);
        double[] moved = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            double d = decoupled ? c[i] : c[i] + decay * theta[i];
            m[i] = BETA_1 * m[i] + (1 - BETA_1) * d;
            v[i] = BETA_2 * v[i] + (1 - BETA_2) * d * d;
            double mean = m[i] / (1 - Math.pow(BETA_1, t));
            double square = v[i] / (1 - Math.pow(BETA_2, t));
            double kept = decoupled ? theta[i] * (1 - rate * decay) : theta[i];
            moved[i] = kept - rate * mean / (Math.sqrt(square) + EPSILON);
        }
        return moved;
    }

    private double[] sgd(String name, double[] theta, double[] c, double rate) {
        double[] m = first.computeIfAbsent(name, _ -> new double[c.length]);
        double[] moved = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            m[i] = MOMENTUM * m[i] + c[i] + config.weightDecay() * theta[i];
            moved[i] = theta[i] - rate * m[i];
        }
        return moved;
    }

    private void average(String name, double[] before, double[] after, int n) {
        if (config.averaging() == 0) {
            return;
        }
        double[] average = averages.computeIfAbsent(name, _ -> before.clone());
        double b = Math.min(config.averaging(), (1.0 + n) / (10.0 + n));
        for (int i = 0; i < average.length; i++) {
            average[i] = b * average[i] + (1 - b) * after[i];
        }
    }

    private static double share(String name, FollowedTraining.Taken taken) {
        return name.startsWith("audio.") ? taken.audio() : name.startsWith("text.") ? taken.text() : taken.fusion();
    }

    /// What is kept of a parameter between steps, not copies: by the name of the state of training.
    Map<String, double[]> kept(String name) {
        Map<String, double[]> kept = new LinkedHashMap<>();
        boolean sgd = config.optimizer() == OptimizerKind.SGD;
        kept.put(sgd ? "velocity" : "firstMoment", Objects.requireNonNull(first.get(name)));
        if (!sgd) {
            kept.put("secondMoment", Objects.requireNonNull(second.get(name)));
        }
        if (config.averaging() != 0) {
            kept.put("average", Objects.requireNonNull(averages.get(name)));
        }
        return kept;
    }
}
