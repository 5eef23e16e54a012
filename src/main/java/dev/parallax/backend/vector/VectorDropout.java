package dev.parallax.backend.vector;

import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.Offsets;
import dev.parallax.random.Philox;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// [DropoutMask#row] in vectors, with the same bits: one lane per Philox block. A 32-bit word lies in a 64-bit lane,
/// since Philox needs the whole product of two words. What lies above its lower half is ignored until the next
/// product clears it.
final class VectorDropout {

    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = LONGS.length();
    private static final int WORDS = 4; // in a block
    private static final int COLUMNS_PER_BLOCK = 2 * WORDS;
    private static final int GROUP = LANES * COLUMNS_PER_BLOCK; // columns that a vector of blocks decides
    private static final long WORD = 0xFFFFFFFFL;
    private static final int HALF_WORD = 0xFFFF;
    private static final LongVector NUMBERS = LongVector.zero(LONGS).addIndex(1);
    /// The multipliers, in the upper half of each lane. The shift down shows the compiler that the upper half is
    /// zero. So it uses the single instruction that multiplies 32 by 32 bits.
    private static final LongVector MULTIPLIER_0 = LongVector.broadcast(LONGS, (long) Philox.MULTIPLIER_0 << 32);

    private static final LongVector MULTIPLIER_1 = LongVector.broadcast(LONGS, (long) Philox.MULTIPLIER_1 << 32);

    /// Pairs of ints of the lower half of a vector, each twice: 0 1 0 1 2 3 2 3 ...; and of the upper half.
    private static final VectorShuffle<Integer> ZIP_LOW = VectorShuffle.fromOp(INTS, i -> 2 * (i / 4) + i % 2);

    private static final VectorShuffle<Integer> ZIP_HIGH = VectorShuffle.fromOp(INTS, i -> LANES + 2 * (i / 4) + i % 2);
    private static final VectorMask<Integer> ODD_PAIRS = VectorMask.fromLong(INTS, 0xCCCCCCCCCCCCCCCCL);

    /// The ints of the lower half of a vector, each twice: 0 0 1 1 2 2 ...; and of the upper half.
    private static final VectorShuffle<Integer> TWICE_LOW = VectorShuffle.fromOp(INTS, i -> i / 2);

    private static final VectorShuffle<Integer> TWICE_HIGH = VectorShuffle.fromOp(INTS, i -> LANES + i / 2);

    /// How far down each copy is shifted: the first has its lower 16 bits, the second its upper ones.
    private static final IntVector HALVES =
            IntVector.zero(INTS).addIndex(1).and(1).mul(16);

    private static final LongVector WEYL_0 = LongVector.broadcast(LONGS, Philox.WEYL_0);

    private static final LongVector WEYL_1 = LongVector.broadcast(LONGS, Philox.WEYL_1);

    private final DropoutMask mask;
    private final long[] words = new long[2 * WORDS * LANES];
    private final int[] pairs = new int[2 * INTS.length()];

    VectorDropout(DropoutMask mask) {
        this.mask = mask;
    }

    /// Working memory that [#row] needs for this many columns: it writes whole blocks.
    static int room(int columns) {
        return columns + LANES * COLUMNS_PER_BLOCK;
    }

    /// The factors of one row, as [DropoutMask#row] has them; what follows them, up to [#room], is arbitrary.
    void row(int sequence, int row, int columns, float[] factors) {
        int ordinal = mask.ordinal(sequence);
        for (int from = 0; from < columns; from += 2 * GROUP) {
            drawWords(ordinal, row, from / COLUMNS_PER_BLOCK);
            decide(0, factors, from);
            if (from + GROUP < columns) {
                decide(1, factors, from + GROUP);
            }
        }
    }

    /// Philox on the blocks `firstBlock` and following: words[w · LANES + lane] is word w of the lane's block. Two
    /// vectors of blocks go side by side: each operation of one waits for the one before it.
    private void drawWords(int ordinal, int row, int firstBlock) {
        LongVector c0 = LongVector.broadcast(LONGS, mask.stream());
        LongVector c1 = LongVector.broadcast(LONGS, ordinal);
        LongVector c2 = LongVector.broadcast(LONGS, row);
        LongVector c3 = NUMBERS.add(firstBlock);
        LongVector d0 = c0;
        LongVector d1 = c1;
        LongVector d2 = c2;
        LongVector d3 = NUMBERS.add(firstBlock + LANES);
        LongVector k0 = LongVector.broadcast(LONGS, mask.seed());
        LongVector k1 = LongVector.broadcast(LONGS, mask.step());
        for (int round = 0; round < Philox.ROUNDS; round++) {
            LongVector p0 =
                    LongVector.broadcast(LONGS, WORD).and(c0).mul(MULTIPLIER_0.lanewise(VectorOperators.LSHR, 32));
            LongVector p1 =
                    LongVector.broadcast(LONGS, WORD).and(c2).mul(MULTIPLIER_1.lanewise(VectorOperators.LSHR, 32));
            LongVector r0 =
                    LongVector.broadcast(LONGS, WORD).and(d0).mul(MULTIPLIER_0.lanewise(VectorOperators.LSHR, 32));
            LongVector r1 =
                    LongVector.broadcast(LONGS, WORD).and(d2).mul(MULTIPLIER_1.lanewise(VectorOperators.LSHR, 32));
            c0 = k0.lanewise(VectorOperators.XOR, c1)
                    .lanewise(VectorOperators.XOR, p1.lanewise(VectorOperators.LSHR, 32));
            c2 = k1.lanewise(VectorOperators.XOR, c3)
                    .lanewise(VectorOperators.XOR, p0.lanewise(VectorOperators.LSHR, 32));
            d0 = k0.lanewise(VectorOperators.XOR, d1)
                    .lanewise(VectorOperators.XOR, r1.lanewise(VectorOperators.LSHR, 32));
            d2 = k1.lanewise(VectorOperators.XOR, d3)
                    .lanewise(VectorOperators.XOR, r0.lanewise(VectorOperators.LSHR, 32));
            c1 = p1;
            c3 = p0;
            d1 = r1;
            d3 = r0;
            k0 = WEYL_0.add(k0);
            k1 = WEYL_1.add(k1);
        }
        c0.intoArray(words, 0);
        c1.intoArray(words, LANES);
        c2.intoArray(words, 2 * LANES);
        c3.intoArray(words, 3 * LANES);
        d0.intoArray(words, 4 * LANES);
        d1.intoArray(words, 5 * LANES);
        d2.intoArray(words, 6 * LANES);
        d3.intoArray(words, 7 * LANES);
    }

    /// Each word decides two columns by 16 bits each, so a lane of four words decides eight. The words come as one
    /// vector per number within the block, and the factors leave in the order of the columns. So two words share a
    /// lane, and the lanes of the two pairs are interleaved. Then each half, an int, goes to the two columns that
    /// it decides.
    ///
    /// `bits - threshold`, shifted down to its sign, is all ones where the bits are too small and the value is
    /// dropped. All are ints and masks of ints: where a vector has two longs, C2 (see [Lanes]) supports no masks of
    /// them.
    private void decide(int group, float[] factors, int to) {
        int at = group * WORDS * LANES;
        IntVector first = LongVector.fromArray(LONGS, words, at)
                .and(WORD)
                .or(LongVector.fromArray(LONGS, words, at + LANES).lanewise(VectorOperators.LSHL, 32))
                .reinterpretAsInts();
        IntVector last = LongVector.fromArray(LONGS, words, at + 2 * LANES)
                .and(WORD)
                .or(LongVector.fromArray(LONGS, words, at + 3 * LANES).lanewise(VectorOperators.LSHL, 32))
                .reinterpretAsInts();
        first.rearrange(ZIP_LOW).blend(last.rearrange(ZIP_LOW), ODD_PAIRS).intoArray(pairs, 0);
        first.rearrange(ZIP_HIGH).blend(last.rearrange(ZIP_HIGH), ODD_PAIRS).intoArray(pairs, INTS.length());
        int scale = Float.floatToRawIntBits(mask.scale());
        int threshold = mask.threshold();
        for (int half = 0; half < 2; half++) {
            IntVector both = IntVector.fromArray(INTS, pairs, half * INTS.length());
            IntVector low = both.rearrange(TWICE_LOW)
                    .lanewise(VectorOperators.LSHR, HALVES)
                    .and(HALF_WORD);
            IntVector high = both.rearrange(TWICE_HIGH)
                    .lanewise(VectorOperators.LSHR, HALVES)
                    .and(HALF_WORD);
            int next = to + 2 * half * INTS.length();
            IntVector dropped = low.sub(threshold).lanewise(VectorOperators.ASHR, 31);
            dropped.not().and(scale).reinterpretAsFloats().intoArray(factors, next);
            dropped = high.sub(threshold).lanewise(VectorOperators.ASHR, 31);
            dropped.not().and(scale).reinterpretAsFloats().intoArray(factors, next + INTS.length());
        }
    }

    /// out += mask ∘ x; see [dev.parallax.backend.Backend#dropoutAdd].
    static void add(Scratch scratch, HostBuffer x, Offsets offsets, int features, DropoutMask mask, HostBuffer out) {
        float[] factors = scratch.take(Scratch.Area.FACTORS, room(features));
        VectorDropout dropout = new VectorDropout(mask);
        for (int i = 0; i < offsets.count(); i++) {
            for (int row = 0; row < offsets.length(i); row++) {
                dropout.row(i, row, features, factors);
                int from = (offsets.start(i) + row) * features;
                VectorElementwise.multiplyAdd(
                        factors, 0, x.array, x.offset + from, out.array, out.offset + from, features);
            }
        }
    }
}
