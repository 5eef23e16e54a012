package dev.parallax.train;

import dev.parallax.eval.ApproximateRandomization;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Comparison;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.fusion.View;
import dev.parallax.train.TrainingRun.Answers;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which of two models to keep, by their answers on the validation part. One of them is expected to be better. The
/// other is kept only where its unweighted accuracy is higher, and significantly so: the p of
/// [ApproximateRandomization], utterance by utterance, is at most [#LEVEL].
///
/// The higher score alone would often choose the worse model: a validation part is small, and each model has chosen
/// its epoch on it. Utterances of one speaker are alike, so p is rather too small; it is a guard, not a proof.
///
/// @param comparison of the expected model, which is the first, with the other
public record ModelChoice(Comparison comparison) {

    /// The largest p at which the other model is kept.
    public static final double LEVEL = 0.05;

    /// Compares two models on the labelled utterances that both could answer.
    ///
    /// @param classes number of them, the same for both models
    /// @param seed    of the random swaps
    /// @return null where there is no such utterance
    public static @Nullable ModelChoice of(Answers expected, Answers other, int classes, long seed) {
        Map<String, Integer> decisions = decisions(expected);
        Map<String, Integer> others = decisions(other);
        int[] members = IntStream.of(other.outputs().members(View.DECISION))
                .filter(i -> decisions.containsKey(other.ids().get(i)))
                .toArray();
        if (members.length == 0) {
            return null;
        }
        int[] truth = IntStream.of(members).map(i -> other.outputs().label(i)).toArray();
        int[] first = IntStream.of(members)
                .map(i -> decisions.get(other.ids().get(i)))
                .toArray();
        int[] second =
                IntStream.of(members).map(i -> others.get(other.ids().get(i))).toArray();
        return of(truth, first, second, classes, seed);
    }

    /// The same of classes.
    ///
    /// @param truth    the true class of each utterance   @param expected the answer of the expected model
    /// @param other    the answer of the other
    static ModelChoice of(int[] truth, int[] expected, int[] other, int classes, long seed) {
        return new ModelChoice(ApproximateRandomization.standard(seed)
                .compare(
                        expected,
                        other,
                        predicted -> Metrics.of(truth, predicted, classes).unweightedAccuracy(),
                        Clusters.single(truth.length)));
    }

    /// The class that a model decides on, by the utterance's id.
    private static Map<String, Integer> decisions(Answers answers) {
        int[] members = answers.outputs().members(View.DECISION);
        int[] classes = Probabilities.argmax(answers.outputs().rows(View.DECISION));
        Map<String, Integer> decisions = new HashMap<>();
        for (int i = 0; i < members.length; i++) {
            decisions.put(answers.ids().get(members[i]), classes[i]);
        }
        return decisions;
    }

    /// Unweighted accuracy of the model that is kept.
    public double kept() {
        return overruled() ? comparison.second() : comparison.first();
    }

    /// Unweighted accuracy of the model that is not.
    public double passed() {
        return overruled() ? comparison.first() : comparison.second();
    }

    /// Whether the other model is kept.
    public boolean overruled() {
        return comparison.second() > comparison.first() && comparison.p() <= LEVEL;
    }
}
