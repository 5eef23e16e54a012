package dev.parallax.eval.baseline;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.eval.Confusion;
import dev.parallax.eval.Matrices;
import dev.parallax.eval.Probabilities;
import java.util.Arrays;
import java.util.List;

/// Fusion of models that were trained apart, by their answers alone: `decision-mean` and
/// `decision-product`; `decision-stack` is [DecisionStack].
///
/// Source: Kittler, Hatef, Duin, Matas, "On Combining Classifiers", IEEE TPAMI 20, 1998: the sum
/// and the product rule.
public final class DecisionFusion {

    private static final double LEAST = 1e-12; // so that two sure and contrary answers still have a product

    private DecisionFusion() {}

    /// `decision-mean`: p = mean over the models of p_m. Also how the seeds of one model are
    /// averaged before a test.
    ///
    /// @param models probabilities by each model, [utterances][classes], at least one model, not
    ///     modified
    /// @return [utterances][classes]
    public static double[][] mean(List<double[][]> models) {
        checkAlike("decision-mean", models);
        models.forEach(rows -> Probabilities.checkSums("decision-mean", rows));
        double[][] first = models.getFirst();
        double[][] out = new double[first.length][first[0].length];
        for (double[][] rows : models) {
            for (int i = 0; i < out.length; i++) {
                for (int c = 0; c < out[i].length; c++) {
                    out[i][c] += rows[i][c] / models.size();
                }
            }
        }
        return out;
    }

    /// `decision-product`: p = softmax(log p_audio + log p_text - log prior), Bayes' rule for
    /// perspectives that are independent given the class. Probabilities are taken as at least
    /// 1e-12; a class of prior 0 gets 0.
    ///
    /// @param audio [utterances][classes], not modified
    /// @param text  [utterances][classes], not modified
    /// @param prior share of each class in the training part: [#prior]
    /// @return [utterances][classes]
    public static double[][] product(double[][] audio, double[][] text, double[] prior) {
        checkAlike("decision-product", List.of(audio, text));
        if (prior.length != audio[0].length) {
            throw new ShapeException(
                    "decision-product: a prior of " + prior.length + " classes for " + audio[0].length);
        }
        for (double[][] rows : List.of(audio, text, new double[][] {prior})) {
            Probabilities.checkSums("decision-product", rows);
        }
        double[][] logits = new double[audio.length][prior.length];
        for (int i = 0; i < logits.length; i++) {
            for (int c = 0; c < prior.length; c++) {
                logits[i][c] = prior[c] == 0
                        ? Double.NEGATIVE_INFINITY
                        : log(audio[i][c]) + log(text[i][c]) - Math.log(prior[c]);
            }
        }
        return Probabilities.softmax(logits, 1);
    }

    private static double log(double p) {
        return Math.log(Math.max(LEAST, p));
    }

    /// The share of each class; its argmax is the majority class, the least that any model must beat.
    ///
    /// @param truth the true classes of the training part, at least one
    /// @return one share per class
    public static double[] prior(int[] truth, int classes) {
        Confusion counts = Confusion.of(truth, truth, classes);
        double[] prior = new double[classes];
        for (int c = 0; c < classes; c++) {
            prior[c] = counts.support(c) / (double) truth.length;
        }
        return prior;
    }

    /// The prior of a model in whose loss rare classes weighed more: with w_c = (n / (C n_c))^balance that is
    /// n_c^(1 - balance), normalised.
    ///
    /// @param truth   the true classes of the training part, at least one
    /// @param balance in [0, 1]; 0: the classes' shares, 1: the same for each class that occurs
    /// @return one probability per class
    public static double[] prior(int[] truth, int classes, double balance) {
        double[] shares = prior(truth, classes);
        double[] powers = Arrays.stream(shares)
                .map(share -> share == 0 ? 0 : Math.pow(share, 1 - balance))
                .toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }

    /// Refuses models whose answers are not alike in shape, empty, or not finite.
    static void checkAlike(String what, List<double[][]> models) {
        if (models.isEmpty() || models.getFirst().length == 0) {
            throw new BadInputException(what + ": there are no answers to fuse; name at least one model and utterance");
        }
        double[][] first = models.getFirst();
        for (double[][] rows : models) {
            if (rows.length != first.length || rows[0].length != first[0].length) {
                throw new ShapeException(what + ": a model gives [" + rows.length + ", "
                        + (rows.length == 0 ? 0 : rows[0].length) + "], the first one [" + first.length + ", "
                        + first[0].length + "]");
            }
            for (int i = 0; i < rows.length; i++) {
                Matrices.checkRow(what, rows, i);
            }
        }
    }
}
