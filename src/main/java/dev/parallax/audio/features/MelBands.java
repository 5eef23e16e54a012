package dev.parallax.audio.features;

import dev.parallax.BadInputException;

/// Settings of a mel filterbank: `count` overlapping triangles between `fMin` and `fMax`, equally spaced in mel.
///
/// @param count    number of bands, at least 1
/// @param fMin     lower edge of the first band [Hz]
/// @param fMax     upper edge of the last band [Hz], above `fMin`
/// @param scale    which formula "mel" is
/// @param shape    on which axis the triangles are straight
/// @param areaNorm whether each triangle is scaled by 2 / (its width in Hz), so that all have equal area (Slaney)
public record MelBands(int count, double fMin, double fMax, Scale scale, Shape shape, boolean areaNorm) {

    /// The two usual formulas for the perceived pitch of a frequency f [Hz].
    public enum Scale {
        /// f / (200/3) below 1000 Hz, 15 + 27 ln(f/1000) / ln 6.4 above (Slaney's Auditory Toolbox; librosa).
        SLANEY,
        /// 2595 log10(1 + f/700) (O'Shaughnessy; HTK). Kaldi's 1127 ln(1 + f/700) is the same but for a factor.
        HTK;

        private static final double KNEE_HZ = 1000;
        private static final double KNEE_MEL = 15;
        private static final double HZ_PER_MEL = 200.0 / 3;
        private static final double LOG_STEP = Math.log(6.4) / 27;

        /// Mel of a frequency [Hz].
        public double mel(double hz) {
            if (this == HTK) {
                return 2595 * Math.log10(1 + hz / 700);
            }
            return hz < KNEE_HZ ? hz / HZ_PER_MEL : KNEE_MEL + Math.log(hz / KNEE_HZ) / LOG_STEP;
        }

        /// Frequency [Hz] of a mel.
        public double hz(double mel) {
            if (this == HTK) {
                return 700 * (Math.pow(10, mel / 2595) - 1);
            }
            return mel < KNEE_MEL ? mel * HZ_PER_MEL : KNEE_HZ * Math.exp((mel - KNEE_MEL) * LOG_STEP);
        }
    }

    /// On which axis the sides of a triangle are straight lines.
    public enum Shape {
        /// In Hz (librosa).
        LINEAR_IN_HZ,
        /// In mel (Kaldi, HTK).
        LINEAR_IN_MEL,
        /// In the number of the FFT bin, corners moved down to whole bins: floor((nFft + 1) f / rate)
        /// (python_speech_features).
        WHOLE_BINS
    }

    private static final int MOST = 4096;

    public MelBands {
        if (count < 1 || count > MOST || !(fMin >= 0 && fMax > fMin)) {
            throw new BadInputException("mel bands: " + count + " bands from " + fMin + " to " + fMax + " Hz: 1 to "
                    + MOST + " bands and 0 <= fMin < fMax are needed");
        }
    }

    /// The corners: band b rises from corner b to b + 1 and falls to b + 2.
    ///
    /// @return [count + 2] in Hz, ascending
    public double[] corners() {
        double low = scale.mel(fMin);
        double high = scale.mel(fMax);
        double[] corners = new double[count + 2];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = scale.hz(low + (high - low) * i / (count + 1));
        }
        return corners;
    }
}
