/* Dropout by the counter-based generator: the mask is a pure function of (seed, step, stream, ordinal, row,
 * column), as DropoutMask and Philox define it. */

/* The parameters that a kernel with a mask takes: the key (seed, step), the stream, the threshold (0: nothing is
 * dropped), the factor on what is kept, the ordinal of the first utterance. `listed` is 1 where sequence i is
 * utterance utterances[i] and 0 where it is utterance i; then any buffer of ints may stand for `utterances`. */
#define MASK \
    uint seed, uint step, uint stream, uint threshold, float keptScale, int firstOrdinal, int listed, INTS(utterances)

/* The ordinal of sequence i, as DropoutMask.ordinal. */
#define ORDINAL(i) ((uint) (firstOrdinal + (listed ? utterances[i] : (i))))

/* Philox 4x32-10 (Salmon et al. 2011): words[0..3] from the key (k0, k1) and the counter (c0, c1, c2, c3). */
DEVICE void philox(uint k0, uint k1, uint c0, uint c1, uint c2, uint c3, uint *words) {
    UNROLL
    for (int round = 0; round < 10; round++) {
        uint high0 = HIGH_WORD(0xD2511F53u, c0);
        uint low0 = 0xD2511F53u * c0;
        uint high1 = HIGH_WORD(0xCD9E8D57u, c2);
        uint low1 = 0xCD9E8D57u * c2;
        c0 = high1 ^ c1 ^ k0;
        c1 = low1;
        c2 = high0 ^ c3 ^ k1;
        c3 = low0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

/* The factor of column 8 · block + lane, from the words of its block: 16 bits decide a column. */
DEVICE float maskFactor(const uint *words, int lane, uint threshold, float keptScale) {
    uint bits = (words[lane >> 1] >> ((lane & 1) << 4)) & 0xFFFFu;
    return bits >= threshold ? keptScale : 0.0f;
}

/* The factor of one value, alone. */
DEVICE float maskFactorAt(
        uint seed, uint step, uint stream, uint threshold, float keptScale, uint ordinal, int row, int column) {
    if (threshold == 0) {
        return 1.0f;
    }
    uint words[4];
    philox(seed, step, stream, ordinal, (uint) row, (uint) column / 8, words);
    return maskFactor(words, column % 8, threshold, keptScale);
}

/* out += mask ∘ x; x [total, features], sequence i has the rows starts[i] .. starts[i+1] - 1. It is its own gradient.
 * A dropped value adds 0 x, which is NaN where x is not finite, as on the host.
 * launch: any number of groups, best one item for each block of 8 columns of each row. */
KERNEL(dropoutAdd, ELEMENT_ITEMS)(int sequences, int total, int features, INTS(starts), MASK, IN(x), OUT(out)) {
    INTS_FROM(starts);
    INTS_FROM(utterances);
    FROM(x);
    TO(out);
    uint blocks = ((uint) features + 7) / 8;
    FOR_EACH(e, (uint) total * blocks) {
        int row = (int) (e / blocks);
        uint block = e % blocks;
        int i = sequenceOf(row, starts, sequences);
        uint words[4];
        philox(seed, step, stream, ORDINAL(i), (uint) (row - starts[i]), block, words);
        for (int lane = 0; lane < 8 && (int) block * 8 + lane < features; lane++) {
            Index at = (Index) row * features + block * 8 + lane;
            out[at] += maskFactor(words, lane, threshold, keptScale) * x[at];
        }
    }
}
