package dev.parallax.audio.speech;

import dev.parallax.audio.Framing;

/// Properties of a frame that need no spectrum: how strong it is, and how often it changes its sign.
public final class FrameLevels {

    private FrameLevels() {}

    /// Root mean square of every frame, √(Σ x\[i\]² / N), before pre-emphasis and window; full scale is 1.
    ///
    /// @param x signal, not modified
    /// @return one value per frame
    public static float[] rms(float[] x, Framing framing) {
        double[] frame = new double[framing.frameLength()];
        float[] out = new float[framing.frames(x.length)];
        for (int t = 0; t < out.length; t++) {
            framing.copy(x, t, 1, 0, frame);
            double sum = 0;
            for (double value : frame) {
                sum += value * value;
            }
            out[t] = (float) Math.sqrt(sum / frame.length);
        }
        return out;
    }

    /// Zero-crossing rate of every frame: the share of its N - 1 neighbouring pairs of samples of which one is
    /// below 0 and the other is not, 0 to 1. Half the sample rate times it is the frequency of a tone.
    ///
    /// @param x signal, not modified
    /// @return one value per frame
    public static float[] zeroCrossingRate(float[] x, Framing framing) {
        double[] frame = new double[framing.frameLength()];
        float[] out = new float[framing.frames(x.length)];
        for (int t = 0; t < out.length; t++) {
            framing.copy(x, t, 1, 0, frame);
            int crossings = 0;
            for (int i = 1; i < frame.length; i++) {
                crossings += frame[i] < 0 == frame[i - 1] < 0 ? 0 : 1;
            }
            out[t] = (float) crossings / (frame.length - 1);
        }
        return out;
    }
}
