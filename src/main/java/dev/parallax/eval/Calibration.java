package dev.parallax.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Whether probabilities are calibrated: of the answers given with 70 %, are 70 % right?
///
/// @param negativeLogLikelihood    mean of -ln p(true class) `[nats]`, at least 0; p is taken as at least 1e-12
/// @param brier                    mean over the utterances of sum over k of (p_k - [k is true])², in [0, 2]
///     (Brier, "Verification of forecasts expressed in terms of probability", 1950)
/// @param expectedCalibrationError sum over the bins of share · |accuracy - confidence|, in [0, 1]
/// @param bins                     by rising confidence, for a reliability diagram
public record Calibration(double negativeLogLikelihood, double brier, double expectedCalibrationError, List<Bin> bins) {

    /// The number of bins, when there are utterances enough.
    public static final int BINS = 15;

    /// Of fewer answers neither the error nor a diagram of the bins says much: with five in each of ten bins,
    /// a share of right ones is known to about 0.2.
    public static final int LEAST_ANSWERS = 50;

    private static final double LEAST = 1e-12;

    /// Answers of like confidence (the largest probability of a row).
    ///
    /// @param confidence mean confidence of the answers
    /// @param accuracy   share of them that is right
    /// @param count      how many they are
    public record Bin(double confidence, double accuracy, int count) {}

    /// Keeps its own copy of the list.
    public Calibration {
        bins = List.copyOf(bins);
    }

    /// The calibration of predicted probabilities.
    ///
    /// @param probabilities `[utterances][classes]`, not modified
    /// @param truth         `[utterances]`, the true classes
    public static Calibration of(double[][] probabilities, int[] truth) {
        Probabilities.check("calibration", probabilities, truth);
        Probabilities.checkSums("calibration", probabilities);
        double logLikelihood = 0;
        double brier = 0;
        for (int i = 0; i < truth.length; i++) {
            logLikelihood += Math.log(Math.max(LEAST, probabilities[i][truth[i]]));
            for (int k = 0; k < probabilities[i].length; k++) {
                double difference = probabilities[i][k] - (k == truth[i] ? 1 : 0);
                brier += difference * difference;
            }
        }
        List<Bin> bins = bins(probabilities, truth);
        double error = bins.stream()
                .mapToDouble(bin -> bin.count * Math.abs(bin.accuracy - bin.confidence) / truth.length)
                .sum();
        return new Calibration(Math.max(0, -logLikelihood / truth.length), brier / truth.length, error, bins);
    }

    /// Whether there are [#LEAST_ANSWERS] answers or more.
    public boolean hasEnoughAnswers() {
        return bins.stream().mapToInt(Bin::count).sum() >= LEAST_ANSWERS;
    }

    /// Bins of equal mass: sorted by confidence and cut into [#BINS] parts of (nearly) equal count. Answers of
    /// equal confidence are never parted, so that the order of the utterances does not matter; there may be
    /// fewer bins then.
    private static List<Bin> bins(double[][] probabilities, int[] truth) {
        int n = truth.length;
        record Answer(double confidence, boolean right) {}
        List<Answer> answers = IntStream.range(0, n)
                .mapToObj(i -> {
                    int best = Probabilities.argmax(probabilities[i]);
                    return new Answer(probabilities[i][best], best == truth[i]);
                })
                .sorted(Comparator.comparingDouble(Answer::confidence))
                .toList();
        List<Bin> bins = new ArrayList<>();
        int start = 0;
        for (int b = 1; b <= BINS; b++) {
            int end = Math.max(start, (int) ((long) b * n / BINS));
            while (end > start && end < n && answers.get(end).confidence == answers.get(end - 1).confidence) {
                end++;
            }
            if (end > start) {
                List<Answer> part = answers.subList(start, end);
                double confidence =
                        part.stream().mapToDouble(Answer::confidence).sum() / part.size();
                double right = part.stream().filter(Answer::right).count();
                bins.add(new Bin(confidence, right / part.size(), part.size()));
            }
            start = end;
        }
        return bins;
    }
}
