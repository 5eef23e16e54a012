package dev.parallax.backend;

import dev.parallax.BadInputException;
import dev.parallax.random.Philox;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which values a dropout keeps. The mask is a pure function of (seed, step, stream, ordinal of the utterance, row,
/// column). So it is the same on every backend and for any number of threads and shards (the parts of a batch that
/// threads compute). The backward pass computes it again instead of storing it.
///
/// With dropout probability p, one block of [Philox] decides eight columns by 16 bits each; its key is (seed, step),
/// its counter (stream, ordinal, row, column / 8). A value is kept when its 16 bits, as a number, are at least
/// `round(65536 p)`. Kept values are multiplied by 65536 / (65536 - round(65536 p)), the exact inverse of the
/// probability to be kept.
///
/// The ordinal is that of the utterance in its whole batch, not of the sequence in the kernel's call. `firstOrdinal`
/// says where a shard begins. Where some utterances lack a modality, [#ofUtterances] says which ones the sequences
/// are.
///
/// Source: Srivastava et al., "Dropout", JMLR 15 (2014), in its inverted form.
public final class DropoutMask {

    /// Keeps everything.
    public static final DropoutMask NONE = new DropoutMask(0, 0, 0, 0, 0);

    private static final int LEVELS = 1 << 16;
    private static final int COLUMNS_PER_BLOCK = 8;

    private final float probability;
    private final int seed;
    private final int step;
    private final int stream;
    private final int firstOrdinal;
    private final int @Nullable [] utterances;

    /// @param probability  probability that a value is dropped, in [0, 1)
    /// @param seed         the run's seed, folded ([Philox#fold])
    /// @param step         the training step
    /// @param stream       which dropout of the model this is
    /// @param firstOrdinal ordinal, in the whole batch, of the first utterance of this shard
    public DropoutMask(float probability, int seed, int step, int stream, int firstOrdinal) {
        this(probability, seed, step, stream, firstOrdinal, null);
    }

    private DropoutMask(
            float probability, int seed, int step, int stream, int firstOrdinal, int @Nullable [] utterances) {
        if (!(probability >= 0 && probability < 1)) {
            throw new BadInputException("dropout: probability is " + probability + ", must be in [0, 1)");
        }
        this.probability = probability;
        this.seed = seed;
        this.step = step;
        this.stream = stream;
        this.firstOrdinal = firstOrdinal;
        this.utterances = utterances;
    }

    /// The same mask for a kernel whose sequence i is utterance `utterances[i]` of the shard, not utterance i.
    public DropoutMask ofUtterances(int... those) {
        return new DropoutMask(probability, seed, step, stream, firstOrdinal, those.clone());
    }

    /// Whether nothing is dropped.
    public boolean keepsAll() {
        return threshold() == 0;
    }

    /// A value is kept when its 16 random bits are at least this.
    public int threshold() {
        return Math.min(LEVELS - 1, Math.round(probability * LEVELS));
    }

    public int seed() {
        return seed;
    }

    public int step() {
        return step;
    }

    public int stream() {
        return stream;
    }

    /// Ordinal, in the whole batch, of the utterance that is sequence `sequence` of the kernel's call.
    public int ordinal(int sequence) {
        return firstOrdinal + (utterances == null ? sequence : utterances[sequence]);
    }

    /// Ordinal, in the whole batch, of the first utterance of this shard.
    public int firstOrdinal() {
        return firstOrdinal;
    }

    /// Which utterance of the shard each sequence is; empty where sequence i is utterance i.
    public int[] utterances() {
        return utterances == null ? new int[0] : utterances.clone();
    }

    /// The factor on values that are kept.
    public float scale() {
        return (float) LEVELS / (LEVELS - threshold());
    }

    /// The factors of one row: 0 where dropped, else the scale.
    ///
    /// @param sequence sequence within the kernel's call
    /// @param row      row within the sequence (for attention: query row · heads + head)
    /// @param columns  how many factors
    /// @param factors  receives them at factors[0 .. columns-1]
    /// @param block    room for one Philox block, 4 words
    public void row(int sequence, int row, int columns, float[] factors, int[] block) {
        int threshold = threshold();
        if (threshold == 0) {
            Arrays.fill(factors, 0, columns, 1);
            return;
        }
        int ordinal = ordinal(sequence);
        float scale = scale();
        for (int column = 0; column < columns; column++) {
            int lane = column % COLUMNS_PER_BLOCK;
            if (lane == 0) {
                int blockOfColumns = column / COLUMNS_PER_BLOCK;
                Philox.block(seed, step, stream, ordinal, row, blockOfColumns, block);
            }
            int bits = (block[lane >>> 1] >>> ((lane & 1) << 4)) & (LEVELS - 1);
            factors[column] = bits >= threshold ? scale : 0;
        }
    }
}
