package dev.parallax.audio;

/// The weights that taper a frame. For i = 0..N-1: symmetric windows have their last value equal to their first (a
/// period of N - 1), periodic ones continue to the first (a period of N).
public enum WindowFunction {
    /// 0.5 - 0.5 cos(2π i / N), librosa's default.
    HANN_PERIODIC,
    /// 0.5 - 0.5 cos(2π i / (N-1)).
    HANN,
    /// 0.54 - 0.46 cos(2π i / N).
    HAMMING_PERIODIC,
    /// 0.54 - 0.46 cos(2π i / (N-1)), as HTK and python_speech_features use it.
    HAMMING,
    /// (0.5 - 0.5 cos(2π i / (N-1)))^0.85, Kaldi's default: like Hamming, but zero at the ends.
    POVEY,
    /// All ones.
    RECTANGULAR;

    /// The weights.
    ///
    /// @param length N, at least 2
    public double[] weights(int length) {
        double[] weights = new double[length];
        for (int i = 0; i < length; i++) {
            weights[i] = weight(i, length);
        }
        return weights;
    }

    private double weight(int i, int length) {
        double periodic = Math.cos(2 * Math.PI * i / length);
        double symmetric = Math.cos(2 * Math.PI * i / (length - 1));
        return switch (this) {
            case HANN_PERIODIC -> 0.5 - 0.5 * periodic;
            case HANN -> 0.5 - 0.5 * symmetric;
            case HAMMING_PERIODIC -> 0.54 - 0.46 * periodic;
            case HAMMING -> 0.54 - 0.46 * symmetric;
            case POVEY -> Math.pow(0.5 - 0.5 * symmetric, 0.85);
            case RECTANGULAR -> 1;
        };
    }
}
