package dev.parallax.audio;

import dev.parallax.BadInputException;

/// The spectrum of a real frame, zero-padded to nFft: X\[k\] = Σ_i x\[i\] exp(-2π j k i / nFft), k = 0..nFft/2.
///
/// @param nFft length of the transform, even, at least 2
/// @param kind what is taken of X\[k\]
public record Spectrum(int nFft, Kind kind) {

    /// What is taken of each complex value.
    public enum Kind {
        /// |X|².
        POWER,
        /// |X|.
        MAGNITUDE,
        /// |X|² / nFft (python_speech_features).
        PERIODOGRAM
    }

    private static final int MOST = 1 << 20;

    public Spectrum {
        if (nFft < 2 || nFft > MOST || nFft % 2 != 0) {
            throw new BadInputException("spectrum: nFft is " + nFft + ", must be even and in [2, " + MOST + "]");
        }
    }

    /// Number of values: nFft / 2 + 1.
    public int bins() {
        return nFft / 2 + 1;
    }

    /// Spectra of some frames at once; it holds tables only and may be shared by threads.
    public FrameSpectra ofFrames() {
        return new FrameSpectra(this);
    }

    /// The transform of this length; it holds tables only and may be shared by threads.
    public FourierTransform transform() {
        return new FourierTransform(nFft);
    }

    /// Takes the spectrum of one frame.
    ///
    /// @param transform from [#transform()]
    /// @param frame     [nFft], the zero-padded frame; overwritten
    /// @param out       [nFft / 2 + 1]
    public void of(FourierTransform transform, double[] frame, double[] out) {
        // layout of realForward: Re 0, Re nFft/2, then Re k, Im k for k = 1..nFft/2-1
        transform.realForward(frame);
        int half = nFft / 2;
        out[0] = value(frame[0], 0);
        out[half] = value(frame[1], 0);
        for (int k = 1; k < half; k++) {
            out[k] = value(frame[2 * k], frame[2 * k + 1]);
        }
    }

    private double value(double re, double im) {
        return ofPower(re * re + im * im);
    }

    /// What is taken of a value of which this is |X|².
    double ofPower(double power) {
        return switch (kind) {
            case POWER -> power;
            case MAGNITUDE -> Math.sqrt(power);
            case PERIODOGRAM -> power / nFft;
        };
    }
}
