package dev.parallax.audio.features;

import dev.parallax.BadInputException;

/// Cepstral mean and variance normalisation (CMVN), column by column over time. It removes what a microphone or a
/// room adds to all frames alike.
///
/// @param kind         what is removed over what time
/// @param window       frames of the sliding mean, at least 1
/// @param minDeviation standard deviations below this are raised to it, above 0: a column that hardly moves is noise
///                     around a constant, and is not amplified
public record Cmvn(Kind kind, int window, double minDeviation) {

    /// What is removed over what time.
    public enum Kind {
        /// Nothing.
        NONE,
        /// x - mean over the utterance.
        UTTERANCE_MEAN,
        /// (x - mean) / deviation over the utterance.
        UTTERANCE_MEAN_VARIANCE,
        /// x - mean over `window` frames around it; at the ends the outermost whole window (Kaldi's
        /// `apply-cmvn-sliding --center --norm-vars=false`).
        SLIDING
    }

    /// No normalisation.
    public static final Cmvn NONE = new Cmvn(Kind.NONE, 300, 1e-5);

    public Cmvn {
        if (window < 1 || !(minDeviation > 0)) {
            throw new BadInputException("normalisation: window " + window + " must be at least 1 and minDeviation "
                    + minDeviation + " above 0");
        }
    }

    /// Normalises in place.
    ///
    /// @param x      [frames, size]
    /// @param frames number of rows, at least 1
    public void applyInPlace(float[] x, int frames, int size) {
        for (int column = 0; column < size; column++) {
            switch (kind) {
                case NONE -> {
                    return;
                }
                case UTTERANCE_MEAN, UTTERANCE_MEAN_VARIANCE -> overUtterance(x, frames, size, column);
                case SLIDING -> sliding(x, frames, size, column);
            }
        }
    }

    private void overUtterance(float[] x, int frames, int size, int column) {
        double sum = 0;
        for (int t = 0; t < frames; t++) {
            sum += x[t * size + column];
        }
        double mean = sum / frames;
        double squares = 0;
        for (int t = 0; t < frames; t++) {
            double difference = x[t * size + column] - mean;
            squares += difference * difference;
        }
        double scale = kind == Kind.UTTERANCE_MEAN ? 1 : 1 / Math.max(Math.sqrt(squares / frames), minDeviation);
        for (int t = 0; t < frames; t++) {
            x[t * size + column] = (float) ((x[t * size + column] - mean) * scale);
        }
    }

    private void sliding(float[] x, int frames, int size, int column) {
        double[] sums = new double[frames + 1];
        for (int t = 0; t < frames; t++) {
            sums[t + 1] = sums[t] + x[t * size + column];
        }
        int length = Math.min(window, frames);
        for (int t = 0; t < frames; t++) {
            int begin = Math.clamp(t - window / 2, 0, frames - length);
            x[t * size + column] -= (float) ((sums[begin + length] - sums[begin]) / length);
        }
    }
}
