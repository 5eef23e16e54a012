package dev.parallax.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthBucketsTest {

    /// The batches of an epoch of all examples.
    private static List<int[]> epoch(LengthBuckets buckets, int epoch, int examples) {
        return buckets.epoch(epoch, 0, IntStream.range(0, examples).toArray());
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "1, 4", "3, 4", "4, 4", "5, 4", "535, 16", "1000, 1", "17, 100"})
    void epoch_anySizes_holdsEveryExampleOnce(int examples, int batchSize) {
        LengthBuckets buckets = new LengthBuckets(lengths(examples), batchSize, 1);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<int[]> batches = epoch(buckets, epoch, examples);
            assertEquals((examples + batchSize - 1) / batchSize, batches.size());
            assertTrue(batches.stream().allMatch(batch -> batch.length >= 1 && batch.length <= batchSize));
            assertArrayEquals(IntStream.range(0, examples).toArray(), sorted(batches));
        }
    }

    @Test
    void epoch_sameSeedAndEpoch_repeats_andAnyOtherDiffers() {
        int[] lengths = lengths(200);
        int[] first = flat(epoch(new LengthBuckets(lengths, 8, 7), 3, lengths.length));
        assertArrayEquals(first, flat(epoch(new LengthBuckets(lengths, 8, 7), 3, lengths.length)));
        assertFalse(Arrays.equals(first, flat(epoch(new LengthBuckets(lengths, 8, 7), 4, lengths.length))));
        assertFalse(Arrays.equals(first, flat(epoch(new LengthBuckets(lengths, 8, 8), 3, lengths.length))));
    }

    @Test
    void epoch_manyLengths_batchesAreSimilarAndTheirOrderIsNot() {
        int[] lengths = lengths(2000);
        List<int[]> batches = epoch(new LengthBuckets(lengths, 16, 5), 0, lengths.length);
        double steps = 0;
        double used = 0;
        int rises = 0;
        for (int b = 0; b < batches.size(); b++) {
            int longest = longest(batches.get(b), lengths);
            steps += (double) longest * batches.get(b).length;
            used += IntStream.of(batches.get(b)).map(i -> lengths[i]).sum();
            rises += b > 0 && longest > longest(batches.get(b - 1), lengths) ? 1 : 0;
        }
        assertTrue(steps / used < 1 + LengthBuckets.SPREAD + 0.02, "steps over frames: " + steps / used);
        assertEquals(batches.size() / 2.0, rises, 5 * Math.sqrt(batches.size()) / 2);
    }

    @Test
    void epoch_manyEpochs_theShortBatchIsNotAlwaysTheLongestUtterances() {
        int[] lengths = lengths(101);
        LengthBuckets buckets = new LengthBuckets(lengths, 10, 5);
        long distinct = IntStream.range(0, 20)
                .map(epoch -> epoch(buckets, epoch, lengths.length).stream()
                        .filter(batch -> batch.length == 1)
                        .mapToInt(batch -> batch[0])
                        .findFirst()
                        .orElseThrow())
                .distinct()
                .count();
        assertTrue(distinct > 10, distinct + " different utterances were alone");
    }

    @Test
    void constructor_batchSizeZero_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LengthBuckets(new int[3], 0, 1));
    }

    private static int longest(int[] batch, int[] lengths) {
        return IntStream.of(batch).map(i -> lengths[i]).max().orElseThrow();
    }

    private static int[] lengths(int n) {
        RandomStream random = new RandomStream(11, 0, 0, 0);
        return IntStream.range(0, n).map(i -> 50 + random.nextInt(900)).toArray();
    }

    private static int[] flat(List<int[]> batches) {
        return batches.stream().flatMapToInt(IntStream::of).toArray();
    }

    private static int[] sorted(List<int[]> batches) {
        return batches.stream().flatMapToInt(IntStream::of).sorted().toArray();
    }
}
