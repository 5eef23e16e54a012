package dev.parallax.study;

import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.Spread;
import dev.parallax.eval.baseline.DecisionFusion;
import dev.parallax.report.study.CalibrationSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The answers of one way to decide, over all folds and seeds, for the same utterances in the same order.
///
/// @param ids           of the utterances, fold after fold
/// @param truth         their classes
/// @param probabilities for each seed, one row per utterance
record PooledAnswers(List<String> ids, List<Integer> truth, List<double[][]> probabilities) {

    PooledAnswers {
        ids = List.copyOf(ids);
        truth = List.copyOf(truth);
        probabilities = List.copyOf(probabilities);
    }

    /// The true classes.
    int[] labels() {
        return truth.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The mean over the seeds, for tests and intervals.
    double[][] mean() {
        return DecisionFusion.mean(probabilities);
    }

    /// The classes that the mean over the seeds decides for.
    int[] decided() {
        return Probabilities.argmax(mean());
    }

    /// A score of each seed's pooled predictions.
    private Spread spread(ToDoubleFunction<Metrics> score) {
        double[] scores = new double[probabilities.size()];
        for (int s = 0; s < scores.length; s++) {
            double[][] rows = probabilities.get(s);
            scores[s] = score.applyAsDouble(Metrics.of(labels(), Probabilities.argmax(rows), rows[0].length));
        }
        return Spread.of(scores);
    }

    Spread unweightedAccuracy() {
        return spread(Metrics::unweightedAccuracy);
    }

    Spread weightedAccuracy() {
        return spread(Metrics::weightedAccuracy);
    }

    /// The calibration of the probabilities, mean over the seeds.
    CalibrationSummary trust() {
        return CalibrationSummary.of(probabilities.stream()
                .map(rows -> Calibration.of(rows, labels()))
                .toList());
    }

    /// The calibration of all seeds' answers together.
    Calibration together() {
        double[][] rows = probabilities.stream().flatMap(Arrays::stream).toArray(double[][]::new);
        int[] all = new int[rows.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = truth.get(i % truth.size());
        }
        return Calibration.of(rows, all);
    }

    /// Gathers folds of one seed after another.
    static final class Builder {
        private final List<String> ids = new ArrayList<>();
        private final List<Integer> truth = new ArrayList<>();
        private final List<double[][]> seeds = new ArrayList<>();
        private List<double[]> rows = new ArrayList<>();

        /// One utterance of the current seed.
        void add(String id, int label, double[] probabilities) {
            if (seeds.isEmpty()) {
                ids.add(id);
                truth.add(label);
            } else if (!ids.get(rows.size()).equals(id)) {
                throw new IllegalStateException(
                        "utterance " + id + " stands where " + ids.get(rows.size()) + " stood with another seed");
            }
            rows.add(probabilities);
        }

        /// The seed is complete.
        void endSeed() {
            seeds.add(rows.toArray(new double[0][]));
            rows = new ArrayList<>();
        }

        PooledAnswers build() {
            return new PooledAnswers(ids, truth, seeds);
        }
    }
}
