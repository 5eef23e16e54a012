package dev.parallax.backend.vector;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Turns columns that lie one behind the other into rows.
///
/// A block of eight columns by eight rows is turned in eight registers, in three steps. Each takes the columns in pairs
/// and exchanges, within squares of 2h by 2h numbers, the upper right quarter with the lower left one:
///
///     h = 4 pairs columns 0 and 4, 1 and 5, ...     h = 2: 0 and 2, ...     h = 1: 0 and 1, ...
///
///     a = a0 a1 a2 a3    h = 2    a0 a1 b0 b1        one of a pair keeps its first half, and gets that of the other,
///     b = b0 b1 b2 b3             a2 a3 b2 b3        turned by h lanes
///
/// So 64 numbers take 24 turns and 24 choices in place of 64 loads and 64 stores. What is left, and all on machines
/// with
/// shorter vectors, goes number by number, four columns at a time.
final class Transposition {

    /// Columns and rows of a block; on machines with shorter vectors there are none.
    private static final int BLOCK = 8;

    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
    private static final VectorShuffle<Float> BY_4 = turn(4);
    private static final VectorShuffle<Float> BY_2 = turn(2);
    private static final VectorShuffle<Float> BACK_2 = turn(BLOCK - 2);
    private static final VectorShuffle<Float> BY_1 = turn(1);
    private static final VectorShuffle<Float> BACK_1 = turn(BLOCK - 1);
    private static final VectorMask<Float> LATER_4 = VectorMask.fromLong(EIGHT, 0b1111_0000);
    private static final VectorMask<Float> FIRST_4 = LATER_4.not();
    private static final VectorMask<Float> LATER_2 = VectorMask.fromLong(EIGHT, 0b1100_1100);
    private static final VectorMask<Float> FIRST_2 = LATER_2.not();
    private static final VectorMask<Float> LATER_1 = VectorMask.fromLong(EIGHT, 0b1010_1010);
    private static final VectorMask<Float> FIRST_1 = LATER_1.not();

    private Transposition() {}

    private static VectorShuffle<Float> turn(int lanes) {
        return VectorShuffle.fromOp(EIGHT, lane -> (lane + lanes) % BLOCK);
    }

    /// out[q, c] = columns[c, q].
    ///
    /// @param columns   `width` columns of `depth` numbers, of which the first begins at `from`
    /// @param stride    numbers from one column to the next
    /// @param out       the rows, of which the first begins at `to`
    /// @param outStride numbers from one row to the next
    static void rows(float[] columns, int from, int stride, int depth, int width, float[] out, int to, int outStride) {
        int wide = Lanes.COUNT < BLOCK ? 0 : width - width % BLOCK;
        int deep = depth - depth % BLOCK;
        for (int c = 0; c < wide; c += BLOCK) {
            blocks(columns, from + c * stride, stride, deep, out, to + c, outStride);
        }
        plain(columns, from + deep, stride, depth - deep, wide, out, to + deep * outStride, outStride);
        plain(columns, from + wide * stride, stride, depth, width - wide, out, to + wide, outStride);
    }

    private static void plain(
            float[] columns, int from, int stride, int depth, int width, float[] out, int to, int outStride) {
        int c = 0;
        for (; c + 4 <= width; c += 4) {
            int at0 = from + c * stride;
            int at1 = at0 + stride;
            int at2 = at1 + stride;
            int at3 = at2 + stride;
            for (int q = 0; q < depth; q++) {
                int row = to + q * outStride + c;
                out[row] = columns[at0 + q];
                out[row + 1] = columns[at1 + q];
                out[row + 2] = columns[at2 + q];
                out[row + 3] = columns[at3 + q];
            }
        }
        for (; c < width; c++) {
            for (int q = 0; q < depth; q++) {
                out[to + q * outStride + c] = columns[from + c * stride + q];
            }
        }
    }

    /// Eight columns.
    private static void blocks(float[] columns, int from, int stride, int depth, float[] out, int to, int outStride) {
        for (int q = 0; q < depth; q += BLOCK) {
            int at = from + q;
            FloatVector a0 = fromArray(EIGHT, columns, at);
            FloatVector a1 = fromArray(EIGHT, columns, at + stride);
            FloatVector a2 = fromArray(EIGHT, columns, at + 2 * stride);
            FloatVector a3 = fromArray(EIGHT, columns, at + 3 * stride);
            FloatVector a4 = fromArray(EIGHT, columns, at + 4 * stride);
            FloatVector a5 = fromArray(EIGHT, columns, at + 5 * stride);
            FloatVector a6 = fromArray(EIGHT, columns, at + 6 * stride);
            FloatVector a7 = fromArray(EIGHT, columns, at + 7 * stride);
            FloatVector b0 = a0.blend(a4.rearrange(BY_4), LATER_4);
            FloatVector b4 = a4.blend(a0.rearrange(BY_4), FIRST_4);
            FloatVector b1 = a1.blend(a5.rearrange(BY_4), LATER_4);
            FloatVector b5 = a5.blend(a1.rearrange(BY_4), FIRST_4);
            FloatVector b2 = a2.blend(a6.rearrange(BY_4), LATER_4);
            FloatVector b6 = a6.blend(a2.rearrange(BY_4), FIRST_4);
            FloatVector b3 = a3.blend(a7.rearrange(BY_4), LATER_4);
            FloatVector b7 = a7.blend(a3.rearrange(BY_4), FIRST_4);
            FloatVector c0 = b0.blend(b2.rearrange(BACK_2), LATER_2);
            FloatVector c2 = b2.blend(b0.rearrange(BY_2), FIRST_2);
            FloatVector c1 = b1.blend(b3.rearrange(BACK_2), LATER_2);
            FloatVector c3 = b3.blend(b1.rearrange(BY_2), FIRST_2);
            FloatVector c4 = b4.blend(b6.rearrange(BACK_2), LATER_2);
            FloatVector c6 = b6.blend(b4.rearrange(BY_2), FIRST_2);
            FloatVector c5 = b5.blend(b7.rearrange(BACK_2), LATER_2);
            FloatVector c7 = b7.blend(b5.rearrange(BY_2), FIRST_2);
            int row = to + q * outStride;
            c0.blend(c1.rearrange(BACK_1), LATER_1).intoArray(out, row);
            c1.blend(c0.rearrange(BY_1), FIRST_1).intoArray(out, row + outStride);
            c2.blend(c3.rearrange(BACK_1), LATER_1).intoArray(out, row + 2 * outStride);
            c3.blend(c2.rearrange(BY_1), FIRST_1).intoArray(out, row + 3 * outStride);
            c4.blend(c5.rearrange(BACK_1), LATER_1).intoArray(out, row + 4 * outStride);
            c5.blend(c4.rearrange(BY_1), FIRST_1).intoArray(out, row + 5 * outStride);
            c6.blend(c7.rearrange(BACK_1), LATER_1).intoArray(out, row + 6 * outStride);
            c7.blend(c6.rearrange(BY_1), FIRST_1).intoArray(out, row + 7 * outStride);
        }
    }
}
