package dev.parallax.optim;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DoubleBits;

/// Keeps gradients from exploding: Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural
/// networks", ICML 2013.
public final class Clipping {

    private Clipping() {}

    /// Scales the whole gradient so that its Euclidean norm is at most `maxNorm`. It reads nothing back from a device.
    ///
    /// @param gradient     flat, changed in place
    /// @param maxNorm      0 for no clipping
    /// @param sumOfSquares receives that of the gradient before, as [Backend#sumOfSquares] writes it
    public static void byNorm(Backend backend, Buffer gradient, double maxNorm, Buffer sumOfSquares) {
        backend.sumOfSquares(gradient, sumOfSquares);
        if (maxNorm > 0) {
            backend.clipByNorm(maxNorm, sumOfSquares, gradient);
        }
    }

    /// The norm behind a sum of squares that was read from its backend.
    ///
    /// @param values in which it lies
    /// @param at     its place there
    public static double norm(float[] values, int at) {
        return Math.sqrt(DoubleBits.get(values, at));
    }
}
