package dev.parallax.nn;

import dev.parallax.autograd.Variable;

/// What the positions of rows add to the scores of self-attention in one pass, for query t, key j and head h:
/// `gate[row of t, h] · table[reach + j - t, h]`, with reach = rows / 2 of the table; nothing where t < free or j <
/// free.
/// Source: [dev.parallax.backend.PositionBias].
///
/// @param table [2 · reach + 1, heads], reach at least the rows of the longest sequence less 1
/// @param gate  [total, heads]; ones where the table is added as it is
/// @param free  how many rows at the start of each sequence have no bias
public record RelativePositions(Variable table, Variable gate, int free) {

    /// The largest distance that the table has.
    int reach() {
        return table.shape().size(0) / 2;
    }
}
