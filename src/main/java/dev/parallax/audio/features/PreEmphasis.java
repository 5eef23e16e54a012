package dev.parallax.audio.features;

import dev.parallax.BadInputException;

/// A first difference that lifts high frequencies, which speech has less of: y\[i\] = x\[i\] - c x\[i-1\].
///
/// @param coefficient c, 0 (none) to 1
/// @param scope       over what it runs
public record PreEmphasis(double coefficient, Scope scope) {

    /// Over what pre-emphasis runs; the two differ only in a frame's first sample.
    public enum Scope {
        /// The whole signal before framing; y\[0\] = x\[0\] (python_speech_features).
        SIGNAL,
        /// Each frame by itself; y\[0\] = x\[0\] - c x\[0\] (Kaldi).
        FRAME
    }

    /// No pre-emphasis (librosa).
    public static final PreEmphasis NONE = new PreEmphasis(0, Scope.SIGNAL);

    public PreEmphasis {
        if (!(coefficient >= 0 && coefficient <= 1)) {
            throw new BadInputException("pre-emphasis: coefficient is " + coefficient + ", must be in [0, 1]");
        }
    }

    /// The coefficient that applies to the whole signal, 0 where it applies to each frame by itself.
    double ofSignal() {
        return scope == Scope.SIGNAL ? coefficient : 0;
    }

    /// Applies it to one frame, where the scope is a frame.
    ///
    /// @param frame its first `length` values are changed in place
    void applyToFrame(double[] frame, int length) {
        if (scope == Scope.SIGNAL || coefficient == 0) {
            return;
        }
        for (int i = length - 1; i > 0; i--) {
            frame[i] -= coefficient * frame[i - 1];
        }
        frame[0] -= coefficient * frame[0];
    }
}
