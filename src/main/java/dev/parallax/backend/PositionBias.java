package dev.parallax.backend;

/// What the positions of query and key add to the scores of self-attention: with query row t and key j, both counted
/// from the start of their sequence, `gate[row of t, h] · table[reach + j - t, h]` for head h, and nothing where
/// t < free or j < free.
///
/// A table of distances with gates is the relative position bias of WavLM (Chen et al. 2022); one of -|j - t| · slope,
/// with gates of 1, is ALiBi (Press et al. 2022).
///
/// @param table [2 · reach + 1, heads]
/// @param gate  [queries.total, heads]; ones where the table is added as it is
/// @param reach the largest distance that the table has, at least that of the first row of the longest sequence to its
///              last
/// @param free  how many rows at the start of each sequence have no bias, neither as queries nor as keys
public record PositionBias(Buffer table, Buffer gate, int reach, int free) {

    /// Whether the score of query `t` with key `j` has a bias.
    public boolean covers(int t, int j) {
        return t >= free && j >= free;
    }
}
