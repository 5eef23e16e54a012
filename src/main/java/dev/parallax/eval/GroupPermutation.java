package dev.parallax.eval;

import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Could a gap between groups be luck? If it did not matter which group a speaker is in, another arrangement of the
/// same speakers would give as large a gap as often as not:
///
///     p = #{gap' >= gap} / N               all N arrangements, if at most 10 000
///     p = (1 + #{gap' >= gap}) / (1 + R)   R random ones; the actual one is counted among them
///
/// What is moved is a cell, the utterances of one speaker in one group, as a whole. Where each speaker is in one
/// group only (sex), speakers change groups, and each group keeps its number of speakers. Where a speaker is in
/// several (the sentence that was read), his or her own cells change places, so that differences between speakers
/// do not count; speakers with a single cell then stay where they are.
///
/// Groups that change places as wholes leave the gap as it is, so p cannot fall below [#smallestP]. Groups of one
/// speaker each are an example: every arrangement has the same gap. Where [#smallestP] is above 0.05 no p is given.
///
/// Sources: Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 3rd edition, 2005, for blocks;
/// the added ones: Davison, Hinkley, "Bootstrap Methods and their Application", 1997, section 4.2.
final class GroupPermutation {

    /// All arrangements are scored when they are no more than these.
    static final int MOST_EXACT = 10_000;

    /// A p that cannot fall to this is not given.
    static final double LEVEL = 0.05;

    private static final int STREAM = 0x67726F75;

    private final int groups;
    private final List<int[]> blocks; // cells that may change places with each other
    private final int[] groupOf; // each cell
    private final long count;
    private final int samples;
    private final long seed;

    /// @param groupOf the group of each cell, in 0..groups-1
    /// @param blocks  the cells that may change places with each other
    private GroupPermutation(int groups, int[] groupOf, List<int[]> blocks, int samples, long seed) {
        this.groups = groups;
        this.groupOf = groupOf;
        this.blocks = blocks;
        this.samples = samples;
        this.seed = seed;
        long product = 1;
        for (int[] block : blocks) {
            product = Math.min(Integer.MAX_VALUE, product * arrangements(sizes(block)));
        }
        this.count = product;
    }

    /// Cells of speakers.
    ///
    /// @param groupOf   the group of each cell, not modified
    /// @param speakerOf its speaker, not modified
    static GroupPermutation of(int groups, int[] groupOf, int[] speakerOf, int samples, long seed) {
        int speakers = Arrays.stream(speakerOf).max().orElse(-1) + 1;
        List<int[]> own = new ArrayList<>();
        for (int s = 0; s < speakers; s++) {
            int speaker = s;
            own.add(IntStream.range(0, groupOf.length)
                    .filter(cell -> speakerOf[cell] == speaker)
                    .toArray());
        }
        boolean nested = own.stream().allMatch(cells -> cells.length <= 1);
        List<int[]> blocks = nested ? List.of(IntStream.range(0, groupOf.length).toArray()) : own;
        return new GroupPermutation(groups, groupOf.clone(), blocks, samples, seed);
    }

    private int[] sizes(int... cells) {
        int[] sizes = new int[groups];
        for (int cell : cells) {
            sizes[groupOf[cell]]++;
        }
        return sizes;
    }

    /// n! / (n_1! n_2! ...), or the largest int where it is larger.
    private static long arrangements(int... sizes) {
        long ways = 1;
        int placed = 0;
        for (int size : sizes) {
            for (int k = 1; k <= size; k++) {
                placed++;
                if (ways > Integer.MAX_VALUE) {
                    return Integer.MAX_VALUE;
                }
                ways = ways * placed / k; // whole: after each step it is a product of binomials
            }
        }
        return Math.min(ways, Integer.MAX_VALUE);
    }

    boolean isExact() {
        return count <= MOST_EXACT;
    }

    /// How many arrangements are counted, the actual one included.
    long counted() {
        return isExact() ? count : samples + 1L;
    }

    /// No gap has a smaller p: all groups that have the same number of cells in every block can change places.
    double smallestP() {
        List<Map<Integer, Integer>> cellsOf = new ArrayList<>(); // of each group, how many in which block
        for (int g = 0; g < groups; g++) {
            cellsOf.add(new HashMap<>());
        }
        for (int block = 0; block < blocks.size(); block++) {
            for (int cell : blocks.get(block)) {
                cellsOf.get(groupOf[cell]).merge(block, 1, Integer::sum);
            }
        }
        Map<Map<Integer, Integer>, Integer> alike = new HashMap<>();
        double ways = 1;
        for (Map<Integer, Integer> cells : cellsOf) {
            ways *= alike.merge(cells, 1, Integer::sum);
        }
        double share = Math.min(1, ways / count);
        return isExact() ? share : Math.max(1.0 / counted(), share);
    }

    /// The share of arrangements whose gap is at least as large as the actual one.
    ///
    /// @param gap of an arrangement, the group of each cell
    double p(ToDoubleFunction<int[]> gap) {
        double least = gap.applyAsDouble(groupOf) - 1e-12; // the same gap, summed in another order
        return isExact() ? exact(gap, least) : sampled(gap, least);
    }

    private double exact(ToDoubleFunction<int[]> gap, double least) {
        int[] arrangement = groupOf.clone();
        for (int[] block : blocks) {
            sort(block, arrangement);
        }
        long asFar = 0;
        long seen = 0;
        do {
            seen++;
            asFar += gap.applyAsDouble(arrangement) >= least ? 1 : 0;
        } while (next(arrangement));
        return (double) asFar / seen;
    }

    /// The next arrangement, block by block like the digits of a number; false after the last one.
    private boolean next(int... arrangement) {
        for (int[] block : blocks) {
            if (nextOf(block, arrangement)) {
                return true;
            }
            sort(block, arrangement);
        }
        return false;
    }

    /// The next order of a block's values in lexicographic order, each distinct order once.
    private static boolean nextOf(int[] block, int... values) {
        int i = block.length - 2;
        while (i >= 0 && values[block[i]] >= values[block[i + 1]]) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        int j = block.length - 1;
        while (values[block[j]] <= values[block[i]]) {
            j--;
        }
        swap(values, block[i], block[j]);
        for (int a = i + 1, b = block.length - 1; a < b; a++, b--) {
            swap(values, block[a], block[b]);
        }
        return true;
    }

    private static void sort(int[] block, int... values) {
        int[] sorted = Arrays.stream(block).map(cell -> values[cell]).sorted().toArray();
        for (int i = 0; i < block.length; i++) {
            values[block[i]] = sorted[i];
        }
    }

    private static void swap(int[] values, int a, int b) {
        int kept = values[a];
        values[a] = values[b];
        values[b] = kept;
    }

    private double sampled(ToDoubleFunction<int[]> gap, double least) {
        int[] arrangement = new int[groupOf.length];
        int asFar = 1;
        for (int r = 1; r <= samples; r++) {
            RandomStream random = new RandomStream(seed, 0, STREAM, r);
            for (int[] block : blocks) {
                int[] order = block.clone();
                random.shuffle(order);
                for (int i = 0; i < block.length; i++) {
                    arrangement[block[i]] = groupOf[order[i]];
                }
            }
            asFar += gap.applyAsDouble(arrangement) >= least ? 1 : 0;
        }
        return asFar / (1.0 + samples);
    }
}
