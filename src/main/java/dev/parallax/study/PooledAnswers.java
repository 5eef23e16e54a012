package dev.parallax.study;

import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.RepeatedPredictions;
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
/// @param folds         where each fold ends: the number of utterances up to there
record PooledAnswers(List<String> ids, List<Integer> truth, List<double[][]> probabilities, List<Integer> folds) {

    PooledAnswers {
        ids = List.copyOf(ids);
        truth = List.copyOf(truth);
        probabilities = List.copyOf(probabilities);
        folds = List.copyOf(folds);
    }

    /// The true classes.
    int[] labels() {
        return truth.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The classes that each seed's model decides for.
    List<int[]> decided() {
        return probabilities.stream().map(Probabilities::argmax).toList();
    }

    /// The classes that the models of all seeds decide for together, by the mean of their probabilities.
    int[] averaged() {
        return Probabilities.argmax(DecisionFusion.mean(probabilities));
    }

    /// Which answers of each seed's model are right.
    RepeatedPredictions repeated() {
        return RepeatedPredictions.of(labels(), decided(), classes());
    }

    private int classes() {
        return probabilities.getFirst()[0].length;
    }

    /// The true classes of all seeds' answers, one seed after the other.
    int[] allLabels() {
        int[] labels = labels();
        return probabilities.stream().flatMapToInt(_ -> Arrays.stream(labels)).toArray();
    }

    /// The classes that all seeds' models decide for, one seed after the other.
    int[] allDecided() {
        return decided().stream().flatMapToInt(Arrays::stream).toArray();
    }

    /// Unweighted accuracy fold by fold, over the classes that occur in each; mean over the folds and the seeds.
    double meanOfFolds() {
        int[] labels = labels();
        double sum = 0;
        for (int[] seed : decided()) {
            int from = 0;
            for (int to : folds) {
                int[] truth = Arrays.copyOfRange(labels, from, to);
                sum += Metrics.of(truth, Arrays.copyOfRange(seed, from, to), classes())
                        .unweightedAccuracy();
                from = to;
            }
        }
        return sum / folds.size() / probabilities.size();
    }

    /// A score of each seed's pooled predictions.
    private Spread spread(ToDoubleFunction<Metrics> score) {
        return Spread.of(decided().stream()
                .mapToDouble(seed -> score.applyAsDouble(Metrics.of(labels(), seed, classes())))
                .toArray());
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
        return Calibration.of(rows, allLabels());
    }

    /// Gathers folds of one seed after another.
    static final class Builder {
        private final List<String> ids = new ArrayList<>();
        private final List<Integer> truth = new ArrayList<>();
        private final List<double[][]> seeds = new ArrayList<>();
        private final List<Integer> folds = new ArrayList<>();
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

        /// The fold is complete.
        void endFold() {
            if (seeds.isEmpty()) {
                folds.add(rows.size());
            }
        }

        /// The seed is complete.
        void endSeed() {
            seeds.add(rows.toArray(new double[0][]));
            rows = new ArrayList<>();
        }

        PooledAnswers build() {
            return new PooledAnswers(ids, truth, seeds, folds);
        }
    }
}
