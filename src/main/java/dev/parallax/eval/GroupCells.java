package dev.parallax.eval;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The utterances of each speaker in each group (a cell), counted by class: all that the scores of groups need.
final class GroupCells {

    private final int[] groupOf;
    private final int[] speakerOf;
    private final int[][] support; // [cells][classes]
    private final int[][] right;

    private GroupCells(int[] groupOf, int[] speakerOf, int[][] support, int[][] right) {
        this.groupOf = groupOf;
        this.speakerOf = speakerOf;
        this.support = support;
        this.right = right;
    }

    private record Place(int speaker, int group) {}

    /// Counts.
    ///
    /// @param groups   the group of each utterance, by number
    /// @param speakers its speaker, by number
    static GroupCells of(int[] truth, int[] predicted, int classes, int[] groups, int[] speakers) {
        Map<Place, Integer> cells = new LinkedHashMap<>();
        int[] cellOf = new int[truth.length];
        for (int i = 0; i < truth.length; i++) {
            cellOf[i] = cells.computeIfAbsent(new Place(speakers[i], groups[i]), _ -> cells.size());
        }
        int[][] support = new int[cells.size()][classes];
        int[][] right = new int[cells.size()][classes];
        for (int i = 0; i < truth.length; i++) {
            support[cellOf[i]][truth[i]]++;
            right[cellOf[i]][truth[i]] += truth[i] == predicted[i] ? 1 : 0;
        }
        List<Place> places = List.copyOf(cells.keySet());
        return new GroupCells(
                places.stream().mapToInt(Place::group).toArray(),
                places.stream().mapToInt(Place::speaker).toArray(),
                support,
                right);
    }

    int count() {
        return groupOf.length;
    }

    /// The group of each cell.
    int[] groupOf() {
        return groupOf.clone();
    }

    /// The speaker of each cell.
    int[] speakerOf() {
        return speakerOf.clone();
    }

    /// The score of each group where the cells are arranged so.
    ///
    /// @param arrangement the group of each cell
    /// @param unweighted  whether it is UA, else WA
    double[] scores(int[] arrangement, int groups, boolean unweighted) {
        int classes = support[0].length;
        int[][] all = new int[groups][classes];
        int[][] hits = new int[groups][classes];
        for (int cell = 0; cell < arrangement.length; cell++) {
            for (int c = 0; c < classes; c++) {
                all[arrangement[cell]][c] += support[cell][c];
                hits[arrangement[cell]][c] += right[cell][c];
            }
        }
        return IntStream.range(0, groups)
                .mapToDouble(g -> unweighted
                        ? RepeatedPredictions.meanRecall(hits[g], all[g])
                        : (double) Arrays.stream(hits[g]).sum()
                                / Arrays.stream(all[g]).sum())
                .toArray();
    }
}
