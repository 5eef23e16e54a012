package dev.parallax.audit.attribution;

import dev.parallax.model.Prediction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The fewest parts without which a decision is another one. All sets of a size are asked while they are within the
/// budget; then parts are added one by one to the set that leaves the decided class the least probability (greedy).
///
/// @param change    the set that was found and the decision without it, or null
/// @param smallest  whether all smaller sets were asked, without another decision; where there is none, all there are
/// @param questions how many sets were asked
public record SmallestSet(Counterfactual.@Nullable Change change, boolean smallest, int questions) {

    /// What is answered without some parts.
    @FunctionalInterface
    interface Question {
        Reply without(BitSet gone);
    }

    /// What was answered.
    ///
    /// @param answer      null where nothing was left to answer
    /// @param isOther     whether it is another decision
    /// @param probability of the decided class; NaN where nothing was left to answer
    record Reply(@Nullable Prediction answer, boolean isOther, double probability) {}

    /// Searches.
    ///
    /// @param worth  of each part; sets that are worth more are asked first
    /// @param most   the largest set that may be left out
    /// @param budget the most questions
    static SmallestSet of(List<Double> worth, int most, int budget, Question question) {
        int parts = worth.size();
        int questions = 0;
        boolean all = true;
        BitSet best = new BitSet();
        for (int size = 1; size <= most; size++) {
            int left = budget - questions;
            boolean allOfSize = all && combinations(parts, size) <= left;
            List<BitSet> sets = allOfSize ? subsets(parts, size) : extensions(best, parts);
            sets.sort(Comparator.comparingDouble(set -> -sum(set, worth)));
            double least = Double.POSITIVE_INFINITY;
            for (BitSet set : sets.subList(0, Math.min(left, sets.size()))) {
                questions++;
                Reply reply = question.without(set);
                if (reply.isOther && reply.answer != null) {
                    List<Integer> places = set.stream().boxed().toList();
                    return new SmallestSet(Counterfactual.Change.of(places, List.of(), reply.answer), all, questions);
                }
                if (reply.probability < least) {
                    least = reply.probability;
                    best = set;
                }
            }
            all = allOfSize;
        }
        return new SmallestSet(null, all, questions);
    }

    /// The same with other numbers for the parts.
    ///
    /// @param numbers of each part
    SmallestSet numbered(List<Integer> numbers) {
        if (change == null) {
            return this;
        }
        List<Integer> places = change.places().stream().map(numbers::get).toList();
        return new SmallestSet(
                new Counterfactual.Change(places, change.replacements(), change.decision(), change.probability()),
                smallest,
                questions);
    }

    /// What a set is worth; nothing where that is not known.
    static double sum(BitSet set, List<Double> worth) {
        return set.stream()
                .filter(i -> i < worth.size())
                .mapToDouble(worth::get)
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    /// A set with each other part.
    private static List<BitSet> extensions(BitSet set, int parts) {
        List<BitSet> more = new ArrayList<>();
        IntStream.range(0, parts).filter(part -> !set.get(part)).forEach(part -> {
            BitSet extended = (BitSet) set.clone();
            extended.set(part);
            more.add(extended);
        });
        return more;
    }

    /// n over k, as far as it is small.
    private static double combinations(int n, int k) {
        double count = 1;
        for (int i = 1; i <= k; i++) {
            count = count * (n - k + i) / i;
        }
        return count;
    }

    private static List<BitSet> subsets(int parts, int size) {
        List<BitSet> sets = new ArrayList<>(List.of(new BitSet()));
        for (int i = 0; i < size; i++) {
            List<BitSet> larger = new ArrayList<>();
            for (BitSet set : sets) {
                for (int part = set.length(); part < parts; part++) {
                    BitSet extended = (BitSet) set.clone();
                    extended.set(part);
                    larger.add(extended);
                }
            }
            sets = larger;
        }
        return sets;
    }
}
