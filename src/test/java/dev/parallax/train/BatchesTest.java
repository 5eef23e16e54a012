package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How often each example of each corpus is drawn.
class BatchesTest {

    private static final int FEW = 7; // examples of the first corpus
    private static final int MANY = 40; // of the second

    /// Two corpora, or as many as `corpora` names; example i of the second has a length of its own.
    private record Pile(int size, int few) implements Examples {
        @Override
        public String corpus(int i) {
            return i < few ? "a1/" : "b2/";
        }

        @Override
        public int[] labels(int i) {
            return new int[] {0};
        }

        @Override
        public boolean hasAudio(int i, int row) {
            return i < few;
        }

        @Override
        public boolean hasText(int i, int row) {
            return i >= few;
        }

        @Override
        public int utterance(int i) {
            return i;
        }

        @Override
        public List<String> ids() {
            return IntStream.range(0, size).mapToObj(Integer::toString).toList();
        }

        @Override
        public int length(int i) {
            return 10 + i % 13;
        }

        @Override
        public Shard shard(int... some) {
            throw new UnsupportedOperationException("never asked for");
        }
    }

    private static TrainingConfig config(int batchSize, int draws) {
        return TrainingConfig.fromJson(
                TrainingConfig.STANDARD.toJson().with("batchSize", batchSize).with("draws", draws));
    }

    private static int[] times(Batches batches, int epochs) {
        int[] times = new int[FEW + MANY];
        for (int epoch = 0; epoch < epochs; epoch++) {
            batches.epoch(epoch).forEach(batch -> Arrays.stream(batch).forEach(i -> times[i]++));
        }
        return times;
    }

    @Test
    void epoch_oneCorpus_isEveryExampleOnce() {
        Batches batches = new Batches(new Pile(MANY, 0), config(8, 0));
        int[] drawn =
                batches.epoch(3).stream().flatMapToInt(Arrays::stream).sorted().toArray();
        assertArrayEquals(IntStream.range(0, MANY).toArray(), drawn);
        assertNull(batches.note());
    }

    @Test
    void epoch_twoCorpora_everyBatchHoldsAsManyOfEach() {
        Batches batches = new Batches(new Pile(FEW + MANY, FEW), config(8, 0));
        List<int[]> epoch = batches.epoch(0);
        assertEquals(10, epoch.size());
        for (int[] batch : epoch) {
            assertEquals(4, Arrays.stream(batch).filter(i -> i < FEW).count());
            assertEquals(4, Arrays.stream(batch).filter(i -> i >= FEW).count());
        }
        String note = batches.note();
        assertNotNull(note);
        assertTrue(note.contains("40 examples of each of a1 (has 7), b2 (has 40)"), note);
    }

    /// The small corpus is gone through evenly, over the borders of epochs too.
    @Test
    void epoch_smallCorpus_isDrawnFromWithoutReplacement() {
        Batches batches = new Batches(new Pile(FEW + MANY, FEW), config(8, 0));
        for (int epochs = 1; epochs < 8; epochs++) {
            int[] times = times(batches, epochs);
            for (int i = 0; i < FEW; i++) {
                double even = epochs * MANY / (double) FEW;
                assertTrue(Math.floor(even) <= times[i] && times[i] <= Math.ceil(even), times[i] + " of " + even);
            }
            for (int i = FEW; i < times.length; i++) {
                assertEquals(epochs, times[i]);
            }
        }
    }

    @Test
    void epoch_shortEpochs_goThroughALargeCorpusPieceByPiece() {
        Batches batches = new Batches(new Pile(FEW + MANY, FEW), config(4, 10));
        int[] times = times(batches, 4);
        assertArrayEquals(IntStream.range(0, MANY).map(i -> 1).toArray(), Arrays.copyOfRange(times, FEW, times.length));
    }

    @Test
    void epoch_sameSeedAndEpoch_repeats_andAnyOtherDiffers() {
        Pile pile = new Pile(FEW + MANY, FEW);
        int[] first = flat(new Batches(pile, config(8, 0)).epoch(1));
        assertArrayEquals(first, flat(new Batches(pile, config(8, 0)).epoch(1)));
        assertFalse(Arrays.equals(first, flat(new Batches(pile, config(8, 0)).epoch(2))));
        assertFalse(Arrays.equals(first, flat(new Batches(pile, config(8, 0).withSeed(2)).epoch(1))));
    }

    private static int[] flat(List<int[]> batches) {
        return batches.stream().flatMapToInt(Arrays::stream).toArray();
    }

    @Test
    void constructor_batchSmallerThanCorpora_isRefused() {
        assertTrue(Refusal.of(() -> new Batches(new Pile(FEW + MANY, FEW), config(1, 0)))
                .contains("batchSize is 1"));
    }
}
