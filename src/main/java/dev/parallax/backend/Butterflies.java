package dev.parallax.backend;

/// The steps of a fast Fourier transform of [#LANES] sequences at once: element k of all sequences is a row of as many
/// values, real parts in one array and imaginary parts in another, so that an operation on a row is one on vectors
/// without any change of places.
///
/// Each value is computed by the same sums and products, one rounding each, in every implementation. So they give the
/// same bits, and a sequence does not depend on those beside it.
public interface Butterflies {

    /// Sequences that are transformed at once.
    int LANES = 4;

    /// One pass over sequences of `length` rows, one after the other: each is taken apart into four of a quarter of
    /// its length, decimated in frequency. With rows a, b, c, d of a sequence at m, m + length/4, m + length/2 and
    /// m + 3 length/4, and w = exp(-2π j m / length):
    ///
    /// ```
    /// a' =  a + c + (b + d)
    /// b' = (a - c - j (b - d)) w
    /// c' = (a + c - (b + d))   w²
    /// d' = (a - c + j (b - d)) w³
    /// ```
    ///
    /// @param length a multiple of 4
    /// @param w      [rows / 4, 6]: real and imaginary part of w, w² and w³ where one sequence has all rows; of
    ///               several, each takes every so many of them
    void fours(double[] re, double[] im, int length, double[] w);

    /// The last pass over sequences of two rows: a' = a + b, b' = a - b.
    void twos(double[] re, double[] im);

    /// |X\[k\]|² of real sequences of 2 n values whose even and odd ones were the real and imaginary parts of what has
    /// been transformed to Z. With Z' = conj Z\[n - k\]:
    ///
    /// ```
    /// X[k] = (Z[k] + Z') / 2 - j exp(-2π j k / 2n) (Z[k] - Z') / 2      0 < k < n
    /// ```
    ///
    /// @param rows where each of the n values Z\[k\] stands
    /// @param cos  of 2π k / 2n, for each k
    /// @param sin  likewise
    /// @param out  [n, LANES], its rows from 1 on are filled
    void powers(double[] re, double[] im, int[] rows, double[] cos, double[] sin, double[] out);
}
