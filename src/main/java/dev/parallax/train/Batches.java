package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.data.LengthBuckets;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which examples each step of an epoch works on, in batches of like length.
///
/// With one corpus, an epoch is every example once, unless it is to be shorter. With several, each gives the same
/// number of examples to an epoch and to every batch, a small corpus again and again. So each term of the loss
/// sees all its corpora equally often, and a large corpus does not outweigh a small one.
///
/// A corpus is drawn from without replacement: the draws are one long row of permutations, and each epoch takes
/// the next piece of it. All of it is a function of the seed and the epoch alone.
final class Batches {

    private static final int STREAM = 0x64726177; // what the random numbers are for

    private final List<String> corpora;
    private final List<int[]> groups; // the examples of each
    private final int draws;
    private final int batchSize;
    private final long seed;
    private final LengthBuckets buckets;

    /// @param config sets how many examples a batch and an epoch have
    Batches(Examples examples, TrainingConfig config) {
        this.corpora = IntStream.range(0, examples.size())
                .mapToObj(examples::corpus)
                .distinct()
                .toList();
        this.groups = corpora.stream()
                .map(corpus -> IntStream.range(0, examples.size())
                        .filter(i -> examples.corpus(i).equals(corpus))
                        .toArray())
                .toList();
        this.batchSize = config.batchSize() / corpora.size();
        if (batchSize < 1) {
            throw new BadInputException("training: batchSize is " + config.batchSize()
                    + ", and each batch holds as many" + " of each of " + corpora.size() + " corpora; make it larger");
        }
        int largest = groups.stream().mapToInt(group -> group.length).max().orElse(0);
        this.draws = config.draws() > 0 ? config.draws() : largest;
        this.seed = config.seed();
        int[] lengths =
                IntStream.range(0, examples.size()).map(examples::length).toArray();
        this.buckets = new LengthBuckets(lengths, batchSize, seed);
    }

    /// A note for the user on how several corpora are drawn from; null for one corpus.
    @Nullable
    String note() {
        if (corpora.size() == 1) {
            return null;
        }
        String sizes = IntStream.range(0, corpora.size())
                .mapToObj(
                        corpus -> corpora.get(corpus).replaceAll("/$", "") + " (has " + groups.get(corpus).length + ")")
                .collect(Collectors.joining(", "));
        return "each epoch draws " + draws + " examples of each of " + sizes + ", each batch " + batchSize + " of each";
    }

    /// The batches of one epoch.
    ///
    /// @param epoch from 0
    /// @return numbers of examples; those of each corpus follow each other
    List<int[]> epoch(int epoch) {
        List<int[]> batches = new ArrayList<>();
        for (int corpus = 0; corpus < groups.size(); corpus++) {
            List<int[]> its = buckets.epoch(epoch, corpus, drawn(corpus, epoch));
            for (int b = 0; b < its.size(); b++) {
                if (corpus == 0) {
                    batches.add(its.get(b));
                } else {
                    batches.set(b, joined(batches.get(b), its.get(b)));
                }
            }
        }
        return batches;
    }

    /// The examples that a corpus gives to an epoch, rising.
    private int[] drawn(int corpus, int epoch) {
        int[] group = groups.get(corpus);
        long from = (long) epoch * draws;
        int[] drawn = new int[draws];
        int[] shuffled = new int[0];
        for (int i = 0; i < draws; i++) {
            int place = (int) ((from + i) % group.length);
            if (i == 0 || place == 0) {
                shuffled = permutation(corpus, (int) ((from + i) / group.length));
            }
            drawn[i] = shuffled[place];
        }
        Arrays.sort(drawn);
        return drawn;
    }

    private int[] permutation(int corpus, int number) {
        int[] shuffled = groups.get(corpus).clone();
        new RandomStream(seed, number, STREAM, corpus).shuffle(shuffled);
        return shuffled;
    }

    private static int[] joined(int[] some, int... more) {
        int[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
