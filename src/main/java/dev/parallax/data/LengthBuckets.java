package dev.parallax.data;

import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Batches of utterances of similar length, in another order each epoch. Ragged sequences need no padding, but the
/// recurrence runs as many steps as the longest utterance of its batch has. So utterances of like lengths belong
/// together.
///
/// The lengths are multiplied by random factors from 1 to 1 + [#SPREAD], sorted and cut into batches, and the
/// batches are shuffled. So neighbours in length stay neighbours, and no two epochs form the same batches. The one
/// batch that is not full is at a random place among the lengths, so that the longest utterances do not always weigh
/// more.
public final class LengthBuckets {

    /// The most by which an utterance's length grows for the sorting, as a share of it.
    public static final double SPREAD = 0.1;

    /// What the numbers are for (see [RandomStream]).
    private static final int STREAM = 0x6275636B;

    private final int[] lengths;
    private final int batchSize;
    private final long seed;

    /// @param lengths   length of each example (frames, or tokens where there is no audio), not modified
    ///                  afterwards
    /// @param batchSize examples in a full batch, at least 1
    /// @param seed      the run's seed
    public LengthBuckets(int[] lengths, int batchSize, long seed) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size is " + batchSize + ", must be at least 1");
        }
        this.lengths = lengths.clone();
        this.batchSize = batchSize;
        this.seed = seed;
    }

    /// The batches of one epoch, with each example as often as it is given: a function of the seed, the epoch and the
    /// group alone.
    ///
    /// @param epoch    from 0
    /// @param group    from 0; different groups draw the same epoch independently
    /// @param examples numbers of examples; one may occur several times
    public List<int[]> epoch(int epoch, int group, int... examples) {
        RandomStream random = new RandomStream(seed, epoch, STREAM, group);
        int[] sorted = sortedByBlurredLength(random, examples);
        int[] order = new int[(examples.length + batchSize - 1) / batchSize];
        Arrays.setAll(order, i -> i);
        int partial = order.length == 0 ? 0 : random.nextInt(order.length);
        int[][] cut = new int[order.length][];
        int start = 0;
        for (int i = 0; i < cut.length; i++) {
            int size = i == partial ? examples.length - batchSize * (cut.length - 1) : batchSize;
            cut[i] = Arrays.copyOfRange(sorted, start, start + size);
            start += size;
        }
        random.shuffle(order);
        List<int[]> batches = new ArrayList<>(order.length);
        for (int i : order) {
            batches.add(cut[i]);
        }
        return batches;
    }

    private int[] sortedByBlurredLength(RandomStream random, int... examples) {
        record Blurred(double length, int example) {}
        Blurred[] blurred = new Blurred[examples.length];
        for (int i = 0; i < blurred.length; i++) {
            blurred[i] = new Blurred(lengths[examples[i]] * random.uniform(1, 1 + SPREAD), examples[i]);
        }
        Arrays.sort(blurred, Comparator.comparingDouble(Blurred::length).thenComparingInt(Blurred::example));
        return Arrays.stream(blurred).mapToInt(Blurred::example).toArray();
    }
}
