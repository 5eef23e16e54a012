package dev.parallax.audit.training;

import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.train.Examples;
import dev.parallax.train.FollowedTraining;
import dev.parallax.train.Reduction;
import dev.parallax.train.TrainingConfig;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The terms of the loss, from the logits on, in plain double loops. With the utterances that hidden modalities leave,
///
///     L = s Σ_views a_view Σ_u Σ_c -q_uc log softmax(z_u)_c      q_uc = (1 - ε) w_c [c = y_u] + ε w_c / C
///     w_c = (n / (C n_c))^balance                                s = 1 / labelled utterances, or 1 for the sum
///
/// The fused term is over utterances that have both modalities. Under the perspective loss that of a modality is over
/// all that have it; else over those that have no other, with a = 1.
///
/// @param fused utterances with a label in the fused term   @param audio in that of the audio
/// @param text  in that of the text
/// @param loss  L
/// @param off   the largest difference of the losses that the tape and the step of training had from L, over L;
///              infinite where another utterance has logits than those that are left
public record TermCheck(int fused, int audio, int text, double loss, double off) {

    /// The largest difference that is only rounding.
    public static final double BOUND = 1e-4;

    /// Whether the loss is that of the settings.
    public boolean holds() {
        return off <= BOUND;
    }

    /// @param results of the formulas of the step's operations
    /// @param trained the loss that the step of training had
    static TermCheck of(
            FollowedTraining training,
            List<Member> members,
            TracedStep step,
            Map<String, double[]> results,
            double trained) {
        TrainingConfig config = training.config();
        boolean perspectives = config.loss() == Loss.PERSPECTIVE;
        Perspectives<double[]> weights = weights(training);
        Perspectives<Double> shares =
                new Perspectives<>(1.0, perspectives ? config.alpha() : 1, perspectives ? config.beta() : 1);
        Map<View, Integer> counts = new HashMap<>();
        double loss = 0;
        boolean others = false;
        for (View view : Perspectives.VIEWS) {
            List<Integer> left = IntStream.range(0, members.size())
                    .filter(u -> has(members.get(u), view))
                    .boxed()
                    .toList();
            TracedStep.Rows rows = step.views().get(view);
            others |= !rows.owners().equals(left);
            if (rows.logits() == null) {
                continue;
            }
            double[] logits = DoublePass.read(rows.logits(), results, step.values());
            int classes = weights.get(view).length;
            for (int r = 0; r < rows.owners().size(); r++) {
                Member member = members.get(rows.owners().get(r));
                boolean counted = view == View.FUSED || perspectives || !(member.isHeard() && member.isRead());
                if (member.label() >= 0 && counted) {
                    double[] z = Arrays.copyOfRange(logits, r * classes, (r + 1) * classes);
                    loss += shares.get(view) * crossEntropy(z, member.label(), weights.get(view), config);
                    counts.merge(view, 1, Integer::sum);
                }
            }
        }
        long labelled = members.stream().filter(member -> member.label() >= 0).count();
        loss *= config.reduction() == Reduction.MEAN ? 1.0 / labelled : 1;
        double off = Math.max(Math.abs(step.loss() - loss), Math.abs(trained - loss)) / Math.abs(loss);
        return new TermCheck(
                counts.getOrDefault(View.FUSED, 0),
                counts.getOrDefault(View.AUDIO, 0),
                counts.getOrDefault(View.TEXT, 0),
                loss,
                others || Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
    }

    private static boolean has(Member member, View view) {
        return switch (view) {
            case AUDIO -> member.isHeard();
            case TEXT -> member.isRead();
            case FUSED, DECISION -> member.isHeard() && member.isRead();
        };
    }

    private static double crossEntropy(double[] logits, int label, double[] weights, TrainingConfig config) {
        double[] judged = config.onProbabilities() ? softmax(logits) : logits;
        double[] p = softmax(judged);
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            double hard = c == label ? 1 - config.smoothing() : 0;
            sum -= (hard + config.smoothing() / p.length) * weights[c] * Math.log(p[c]);
        }
        return sum;
    }

    private static double[] softmax(double[] z) {
        double largest = Arrays.stream(z).max().orElse(0);
        double[] powers = Arrays.stream(z).map(each -> Math.exp(each - largest)).toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }

    /// w of each view over the training part, of which each corpus counts the same.
    private static Perspectives<double[]> weights(FollowedTraining training) {
        Examples examples = training.examples();
        int classes = training.model().labels().size();
        Map<String, Integer> sizes = new HashMap<>();
        IntStream.range(0, examples.size()).forEach(i -> sizes.merge(examples.corpus(i), 1, Integer::sum));
        Perspectives<double[]> counts = Perspectives.of(_ -> new double[classes]);
        for (int i = 0; i < examples.size(); i++) {
            double weight = 1.0 / Objects.requireNonNull(sizes.get(examples.corpus(i)));
            int[] labels = examples.labels(i);
            for (int row = 0; row < labels.length; row++) {
                Member whole =
                        new Member(i, row, examples.hasAudio(i, row), examples.hasText(i, row), null, labels[row]);
                for (View view : Perspectives.VIEWS) {
                    if (labels[row] >= 0 && has(whole, view)) {
                        counts.get(view)[labels[row]] += weight;
                    }
                }
            }
        }
        double balance = training.config().balance();
        return counts.map(some -> weights(some, balance));
    }

    private static double[] weights(double[] counts, double balance) {
        double n = Arrays.stream(counts).sum();
        return Arrays.stream(counts)
                .map(count -> count == 0 ? balance == 0 ? 1 : 0 : Math.pow(n / (counts.length * count), balance))
                .toArray();
    }
}
