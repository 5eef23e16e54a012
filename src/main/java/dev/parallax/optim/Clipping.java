package dev.parallax.optim;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;

/// Keeps gradients from exploding: Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural
/// networks", ICML 2013.
public final class Clipping {

    private Clipping() {}

    /// Scales the whole gradient so that its Euclidean norm is at most `maxNorm`.
    ///
    /// @param gradient flat, changed in place
    /// @param maxNorm  0 for no clipping
    /// @return the norm before
    public static double byNorm(Backend backend, Buffer gradient, double maxNorm) {
        double norm = Math.sqrt(backend.sumOfSquares(gradient));
        if (maxNorm > 0 && norm > maxNorm) {
            backend.scaleInPlace((float) (maxNorm / norm), gradient);
        }
        return norm;
    }
}
