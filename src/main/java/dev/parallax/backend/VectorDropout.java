package dev.parallax.backend;

import dev.parallax.random.Philox;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [DropoutMask#row] in vectors, the same bits: a lane for each Philox block. A 32-bit word lives in a 64-bit lane,
/// since what Philox needs is the whole product of two words; what lies above its lower half is ignored until the
/// next product clears it.
final class VectorDropout {

    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = LONGS.length();
    private static final int WORDS = 4; // in a block
    private static final int COLUMNS_PER_BLOCK = 2 * WORDS;
    private static final long WORD = 0xFFFFFFFFL;
    private static final long HALF_WORD = 0xFFFF;
    private static final LongVector NUMBERS = LongVector.zero(LONGS).addIndex(1);
    /// The multipliers in the upper half of each lane: the shift down shows the compiler that the upper half is clear,
    /// so it takes the one instruction that multiplies 32 by 32 bits.
    private static final LongVector MULTIPLIER_0 = LongVector.broadcast(LONGS, (long) Philox.MULTIPLIER_0 << 32);

    private static final LongVector MULTIPLIER_1 = LongVector.broadcast(LONGS, (long) Philox.MULTIPLIER_1 << 32);

    private final DropoutMask mask;
    private final long[] words = new long[WORDS * LANES];
    private final float[] factorPairs = new float[2 * WORDS * LANES];

    VectorDropout(DropoutMask mask) {
        this.mask = mask;
    }

    /// How much room [#row] needs for this many columns: it writes whole blocks.
    static int room(int columns) {
        return columns + LANES * COLUMNS_PER_BLOCK;
    }

    /// The factors of one row, as [DropoutMask#row] has them; what follows them, up to [#room], is arbitrary.
    void row(int sequence, int row, int columns, float[] factors) {
        for (int from = 0; from < columns; from += LANES * COLUMNS_PER_BLOCK) {
            drawWords(mask.ordinal(sequence), row, from / COLUMNS_PER_BLOCK);
            decide();
            for (int block = 0; block < LANES; block++) {
                for (int word = 0; word < WORDS; word++) {
                    int pair = 2 * (word * LANES + block);
                    int column = from + block * COLUMNS_PER_BLOCK + 2 * word;
                    factors[column] = factorPairs[pair];
                    factors[column + 1] = factorPairs[pair + 1];
                }
            }
        }
    }

    /// Philox on the blocks `firstBlock` and following: words[w · LANES + lane] is word w of the lane's block.
    private void drawWords(int ordinal, int row, int firstBlock) {
        LongVector c0 = LongVector.broadcast(LONGS, mask.stream());
        LongVector c1 = LongVector.broadcast(LONGS, ordinal);
        LongVector c2 = LongVector.broadcast(LONGS, row);
        LongVector c3 = NUMBERS.add(firstBlock);
        int k0 = mask.seed();
        int k1 = mask.step();
        for (int round = 0; round < Philox.ROUNDS; round++) {
            LongVector p0 =
                    LongVector.broadcast(LONGS, WORD).and(c0).mul(MULTIPLIER_0.lanewise(VectorOperators.LSHR, 32));
            LongVector p1 =
                    LongVector.broadcast(LONGS, WORD).and(c2).mul(MULTIPLIER_1.lanewise(VectorOperators.LSHR, 32));
            c0 = p1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c1);
            c0 = c0.lanewise(VectorOperators.XOR, k0);
            c2 = p0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c3);
            c2 = c2.lanewise(VectorOperators.XOR, k1);
            c1 = p1;
            c3 = p0;
            k0 += Philox.WEYL_0;
            k1 += Philox.WEYL_1;
        }
        c0.intoArray(words, 0);
        c1.intoArray(words, LANES);
        c2.intoArray(words, 2 * LANES);
        c3.intoArray(words, 3 * LANES);
    }

    /// Each word decides two columns by 16 bits each. They are spread over the halves of its lane and compared as
    /// ints: `bits - threshold`, shifted down to its sign, is all ones where the bits are too small and the value
    /// dropped. Not a mask of longs: where a vector has two, C2 knows no such masks.
    private void decide() {
        int scale = Float.floatToRawIntBits(mask.scale());
        int threshold = mask.threshold();
        for (int w = 0; w < WORDS; w++) {
            LongVector word = LongVector.fromArray(LONGS, words, w * LANES);
            LongVector upper = word.lanewise(VectorOperators.LSHL, 16).and(HALF_WORD << 32);
            IntVector bits = word.and(HALF_WORD).or(upper).reinterpretAsInts();
            IntVector dropped = bits.sub(threshold).lanewise(VectorOperators.ASHR, 31);
            dropped.not().and(scale).reinterpretAsFloats().intoArray(factorPairs, w * 2 * LANES);
        }
    }

    /// out += mask ∘ x; see [Backend#dropoutAdd].
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
