package dev.parallax.eval;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// The scores of the field, in [0, 1]. Classes that do not occur in the truth count in no mean over classes.
///
/// The names are the field's common ones: weighted accuracy (WA) is plain accuracy, since it weights each class by its
/// size; unweighted accuracy (UA) gives each class the same weight. Some code has them the other way round.
///
/// @param weightedAccuracy   share of utterances predicted right
/// @param unweightedAccuracy mean of the recalls of the classes that occur
/// @param macroF1            mean of the F1 of the classes that occur
/// @param weightedF1         mean of the F1 of the classes, each weighted by its support
/// @param perClass           the scores of each class, in label order
/// @param confusion          what they were computed from
public record Metrics(
        double weightedAccuracy,
        double unweightedAccuracy,
        double macroF1,
        double weightedF1,
        List<ClassScore> perClass,
        Confusion confusion) {

    /// The scores of one class; a quotient whose denominator is zero is 0. A class that does not occur has no
    /// recall, so pages and tables show dashes for it.
    ///
    /// @param precision right among those predicted as the class
    /// @param recall    right among those of the class
    /// @param f1        harmonic mean of the two: 2 right / (support + predicted)
    /// @param support   number of utterances of the class
    public record ClassScore(double precision, double recall, double f1, int support) {}

    /// Keeps its own copy of the list.
    public Metrics {
        perClass = List.copyOf(perClass);
    }

    /// The scores of predictions.
    ///
    /// @param truth     the true class of each utterance, in 0..classes-1, at least one
    /// @param predicted the predicted class of each utterance, in 0..classes-1
    public static Metrics of(int[] truth, int[] predicted, int classes) {
        return of(Confusion.of(truth, predicted, classes));
    }

    /// The scores of a confusion matrix.
    public static Metrics of(Confusion confusion) {
        List<ClassScore> perClass = IntStream.range(0, confusion.classes())
                .mapToObj(c -> score(confusion, c))
                .toList();
        double total = confusion.total();
        double weightedF1 = perClass.stream()
                .mapToDouble(score -> score.f1 * score.support / total)
                .sum();
        return new Metrics(
                confusion.correct() / total,
                meanOverPresent(perClass, ClassScore::recall),
                meanOverPresent(perClass, ClassScore::f1),
                weightedF1,
                perClass,
                confusion);
    }

    /// The classes without an utterance, which count in no mean.
    ///
    /// @param names of all classes, in label order
    public List<String> absent(List<String> names) {
        return IntStream.range(0, perClass.size())
                .filter(c -> perClass.get(c).support == 0)
                .mapToObj(names::get)
                .toList();
    }

    private static ClassScore score(Confusion confusion, int c) {
        int right = confusion.count(c, c);
        int support = confusion.support(c);
        int predicted = confusion.predicted(c);
        return new ClassScore(
                quotient(right, predicted),
                quotient(right, support),
                quotient(2.0 * right, support + predicted),
                support);
    }

    private static double quotient(double numerator, int denominator) {
        return denominator == 0 ? 0 : numerator / denominator;
    }

    private static double meanOverPresent(List<ClassScore> perClass, ToDoubleFunction<ClassScore> value) {
        return perClass.stream()
                .filter(score -> score.support > 0)
                .mapToDouble(value)
                .average()
                .orElseThrow(); // a confusion has at least one utterance
    }
}
