package dev.parallax.eval;

import dev.parallax.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The scores of groups of utterances, and the largest gaps between them.
///
/// @param column   what tells the groups apart, such as `sex`
/// @param groups   in the order of their names
/// @param gaps     in UA and in WA; none where there is a single group
/// @param isNested whether each speaker is in one group only
public record GroupComparison(String column, List<GroupScore> groups, List<GroupGap> gaps, boolean isNested) {

    private static final int SAMPLES = 9999; // p is a multiple of 0.0001

    public GroupComparison {
        groups = List.copyOf(groups);
        gaps = List.copyOf(gaps);
    }

    /// Scores the groups.
    ///
    /// @param column    what tells them apart
    /// @param truth     the true class of each utterance, in 0..classes-1, not modified, as are all of these
    /// @param predicted the predicted class of each utterance
    /// @param groupOf   the name of the group of each utterance
    /// @param clusters  the speakers of the utterances
    /// @param seed      of intervals and arrangements
    public static GroupComparison of(
            String column,
            int[] truth,
            int[] predicted,
            int classes,
            List<String> groupOf,
            Clusters clusters,
            long seed) {
        int n = truth.length;
        if (predicted.length != n || groupOf.size() != n || clusters.utterances() != n) {
            throw new ShapeException("groups: " + n + " true classes, " + predicted.length + " predicted ones, "
                    + groupOf.size() + " groups, clusters of " + clusters.utterances() + " utterances");
        }
        Map<String, List<Integer>> members = new TreeMap<>();
        IntStream.range(0, n)
                .forEach(i -> members.computeIfAbsent(groupOf.get(i), _ -> new ArrayList<>())
                        .add(i));
        int[] speakers = new int[n];
        for (int c = 0; c < clusters.count(); c++) {
            for (int i : clusters.members(c)) {
                speakers[i] = c;
            }
        }
        List<GroupScore> scores = new ArrayList<>();
        members.forEach((name, own) -> scores.add(score(
                name,
                pick(truth, own),
                pick(predicted, own),
                classes,
                Clusters.of(own.stream().map(i -> clusters.name(speakers[i])).toList()),
                seed)));
        List<String> names = List.copyOf(members.keySet());
        int[] groups = groupOf.stream().mapToInt(names::indexOf).toArray();
        GroupCells cells = GroupCells.of(truth, predicted, classes, groups, speakers);
        List<GroupGap> gaps = scores.size() == 1
                ? List.of()
                : List.of(gap("UA", cells, true, scores, seed), gap("WA", cells, false, scores, seed));
        return new GroupComparison(column, scores, gaps, cells.count() == clusters.count());
    }

    /// Corrects the p-values of all gaps of several columns, which were looked at together ([Holm]).
    public static List<GroupComparison> adjusted(List<GroupComparison> columns) {
        double[] p = columns.stream()
                .flatMap(column -> column.gaps.stream())
                .filter(GroupGap::isTested)
                .mapToDouble(GroupGap::p)
                .toArray();
        double[] adjusted = Holm.adjust(p);
        List<GroupComparison> all = new ArrayList<>();
        int next = 0;
        for (GroupComparison column : columns) {
            List<GroupGap> gaps = new ArrayList<>();
            for (GroupGap gap : column.gaps) {
                gaps.add(gap.isTested() ? gap.withAdjustedP(adjusted[next++]) : gap);
            }
            all.add(new GroupComparison(column.column, column.groups, gaps, column.isNested));
        }
        return all;
    }

    private static GroupScore score(
            String name, int[] truth, int[] predicted, int classes, Clusters clusters, long seed) {
        Bootstrap bootstrap = Bootstrap.standard(seed);
        return new GroupScore(
                name,
                truth.length,
                clusters.count(),
                bootstrap.of(Statistic.unweightedAccuracy(truth, predicted, classes), clusters),
                bootstrap.of(Statistic.weightedAccuracy(truth, predicted), clusters));
    }

    private static int[] pick(int[] values, List<Integer> which) {
        return which.stream().mapToInt(i -> values[i]).toArray();
    }

    private static GroupGap gap(
            String score, GroupCells cells, boolean unweighted, List<GroupScore> scores, long seed) {
        GroupPermutation permutation =
                GroupPermutation.of(scores.size(), cells.groupOf(), cells.speakerOf(), SAMPLES, seed);
        double[] values = cells.scores(cells.groupOf(), scores.size(), unweighted);
        int highest = 0;
        int lowest = 0;
        for (int g = 0; g < values.length; g++) {
            highest = values[g] > values[highest] ? g : highest;
            lowest = values[g] < values[lowest] ? g : lowest;
        }
        double smallest = permutation.smallestP();
        double p = smallest > GroupPermutation.LEVEL
                ? Double.NaN
                : permutation.p(arrangement -> range(cells.scores(arrangement, scores.size(), unweighted)));
        return new GroupGap(
                score,
                range(values),
                scores.get(highest).name(),
                scores.get(lowest).name(),
                p,
                p,
                permutation.counted(),
                permutation.isExact(),
                smallest);
    }

    private static double range(double... values) {
        return Arrays.stream(values).max().orElseThrow()
                - Arrays.stream(values).min().orElseThrow();
    }
}
