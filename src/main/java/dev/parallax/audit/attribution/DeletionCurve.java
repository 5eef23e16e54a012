package dev.parallax.audit.attribution;

import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Whether what is called important is: the probability of the decided class while words are left out,
/// or stretches silenced, the most important first, and the same in random orders. The area under a
/// curve is its mean over the shares that are removed; the smaller it is beside that of the random
/// orders, the better is the order of the attribution. One word is left in the end, since without any
/// there is another answer, of the audio alone, or none. Where nothing is left to answer, the
/// probability is the prior ([ShapleyValues]). Source: Petsiuk, Das, Saenko, "RISE", BMVC 2018.
///
/// @param what         is removed: `words`, `stretches` or `turns`
/// @param parts        how many there are
/// @param removed      how many are removed at each point, from none
/// @param byImportance the probability at each point, the most important first
/// @param random       the mean over random orders
/// @param orders       how many random orders
/// @param seed         of them
public record DeletionCurve(
        String what,
        int parts,
        List<Integer> removed,
        List<Double> byImportance,
        List<Double> random,
        int orders,
        long seed) {

    static final int ORDERS = 5;
    static final long SEED = 1;

    private static final int MOST_POINTS = 20;
    private static final int STREAM = 0xDE1E; // of the random orders

    public DeletionCurve {
        removed = List.copyOf(removed);
        byImportance = List.copyOf(byImportance);
        random = List.copyOf(random);
    }

    /// The mean of curves over as many parts, each of random orders of its own.
    static DeletionCurve mean(List<DeletionCurve> curves) {
        DeletionCurve one = curves.getFirst();
        return new DeletionCurve(
                one.what,
                one.parts,
                one.removed,
                mean(curves, DeletionCurve::byImportance),
                mean(curves, DeletionCurve::random),
                one.orders,
                one.seed);
    }

    private static List<Double> mean(List<DeletionCurve> curves, Function<DeletionCurve, List<Double>> which) {
        return IntStream.range(0, curves.getFirst().removed.size())
                .mapToObj(point -> curves.stream()
                        .mapToDouble(curve -> which.apply(curve).get(point))
                        .average()
                        .orElseThrow())
                .toList();
    }

    /// Leaves out words.
    ///
    /// @param worth of each word, two at least
    static DeletionCurve ofWords(Perturbation asked, List<Double> worth) {
        return of(
                "words",
                worth,
                worth.size() - 1,
                ShapleyValues.prior(asked.model(), asked.label()),
                0,
                gone -> asked.probability(new BitSet(), left(asked.words(), gone)));
    }

    /// Silences stretches.
    ///
    /// @param worth of each stretch
    static DeletionCurve ofStretches(Perturbation asked, List<Double> worth) {
        return of(
                "stretches",
                worth,
                worth.size(),
                ShapleyValues.prior(asked.model(), asked.label()),
                0,
                gone -> asked.probability(gone, asked.words()));
    }

    /// The words that are left.
    static List<String> left(List<String> words, BitSet gone) {
        return IntStream.range(0, words.size())
                .filter(i -> !gone.get(i))
                .mapToObj(words::get)
                .toList();
    }

    /// The area under the curve by importance, in [0, 1].
    public double area() {
        return area(byImportance);
    }

    /// The area under that of random orders, less that by importance: above 0 where importance is
    /// better than chance.
    public double gain() {
        return area(random) - area(byImportance);
    }

    /// What was found, in a sentence.
    String sentence() {
        return String.format(
                Locale.ROOT,
                "area while %s are taken away: %.3f by importance, %.3f in random order",
                what,
                area(),
                area() + gain());
    }

    private double area(List<Double> curve) {
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            double share = (double) (removed.get(i) - removed.get(i - 1)) / removed.getLast();
            area += share * (curve.get(i) + curve.get(i - 1)) / 2;
        }
        return area;
    }

    /// What is left of the probability without some parts; NaN where nothing is left to answer.
    @FunctionalInterface
    interface Question {
        double without(BitSet gone);
    }

    /// Leaves out parts.
    ///
    /// @param what  they are
    /// @param worth of each
    /// @param most  how many are removed in the end
    /// @param prior the probability where nothing is left to answer
    /// @param first number of the first random order
    static DeletionCurve of(String what, List<Double> worth, int most, double prior, int first, Question question) {
        int parts = worth.size();
        int points = Math.min(most, MOST_POINTS);
        List<Integer> removed = IntStream.rangeClosed(0, points)
                .map(i -> (int) Math.round((double) most * i / points))
                .boxed()
                .toList();
        int[] order = IntStream.range(0, parts)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -worth.get(i)))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Double> byImportance = curve(order, removed, prior, question);
        double[] mean = new double[removed.size()];
        for (int i = 0; i < ORDERS; i++) {
            int[] shuffled = IntStream.range(0, parts).toArray();
            new RandomStream(SEED, 0, STREAM, first + i).shuffle(shuffled);
            List<Double> curve = curve(shuffled, removed, prior, question);
            for (int p = 0; p < mean.length; p++) {
                mean[p] += curve.get(p) / ORDERS;
            }
        }
        List<Double> random = Arrays.stream(mean).boxed().toList();
        return new DeletionCurve(what, parts, removed, byImportance, random, ORDERS, SEED);
    }

    private static List<Double> curve(int[] order, List<Integer> removed, double prior, Question question) {
        List<Double> curve = new ArrayList<>();
        BitSet gone = new BitSet();
        int at = 0;
        for (int count : removed) {
            while (at < count) {
                gone.set(order[at++]);
            }
            double p = question.without((BitSet) gone.clone());
            curve.add(Double.isNaN(p) ? prior : p);
        }
        return curve;
    }
}
