package dev.parallax.audio.features;

import dev.parallax.BadInputException;

/// Settings of the cepstral coefficients of MFCC: an orthonormal DCT-II of the compressed bands, then a lifter.
///
/// @param first  the first coefficient that is kept, at least 0; 1 leaves out the loudness
/// @param count  nMfcc, how many of the coefficients are kept, from the first on, at least 1
/// @param lifter L, weight 1 + (L/2) sin(π i / L) of coefficient i, which brings high ones to the size of low
///               ones; 0 for none
/// @param start  what i is for coefficient 0
public record Cepstra(int first, int count, int lifter, LifterStart start) {

    /// What i is for coefficient 0.
    public enum LifterStart {
        /// i = n: coefficient 0 is unchanged (HTK, Kaldi, python_speech_features).
        ZERO,
        /// i = n + 1 (librosa).
        ONE
    }

    private static final int MOST = 4096;

    public Cepstra {
        if (first < 0 || first > MOST || count < 1 || count > MOST || lifter < 0) {
            throw new BadInputException("cepstra: first " + first + " must be in [0, " + MOST + "], count " + count
                    + " in [1, " + MOST + "] and lifter " + lifter + " at least 0");
        }
    }

    /// From coefficient 0 on.
    public Cepstra(int count, int lifter, LifterStart start) {
        this(0, count, lifter, start);
    }

    /// The weight of coefficient `n`.
    public double lifterWeight(int n) {
        int i = start == LifterStart.ZERO ? n : n + 1;
        return lifter == 0 ? 1 : 1 + lifter / 2.0 * Math.sin(Math.PI * i / lifter);
    }
}
