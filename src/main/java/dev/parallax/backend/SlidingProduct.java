package dev.parallax.backend;

/// The product of overlapping pieces of a signal with a matrix: what a filter computes that has several outputs for
/// each piece.
///
/// ```
/// out[r, c] = Σ_i x[at + r · hop + i] · taps[i, c]      r < rows, i < terms, c < columns
/// ```
///
/// The sum is cut into blocks of [#BLOCK] terms. Each is summed from zero in the order of i, one fused multiply-add a
/// term, and the sums of the blocks are added one after the other. So all implementations give the same bits, and an
/// element depends on its piece and its column alone.
public interface SlidingProduct {

    /// Terms that are summed before they are added to the result.
    int BLOCK = 256;

    /// Computes the product.
    ///
    /// @param x    not modified; all pieces lie within it
    /// @param at   where the first piece begins
    /// @param hop  from one piece to the next
    /// @param taps [terms, columns], not modified
    /// @param out  receives the result; `stride` floats from row to row, at least as many as there are columns
    /// @param to   where the first row begins
    void multiply(
            float[] x,
            int at,
            int hop,
            int rows,
            float[] taps,
            int terms,
            int columns,
            float[] out,
            int to,
            int stride);
}
