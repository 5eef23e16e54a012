package dev.parallax.audio.pitch;

/// F0 of a recording, frame by frame. The values are not copied.
public final class PitchTrack {

    /// Where 0 semitones are [Hz]: the A four octaves below the tuning fork.
    public static final double SEMITONE_ZERO_HZ = 27.5;

    private final float[] hz;
    private final float[] voicing;

    public PitchTrack(float[] hz, float[] voicing) {
        this.hz = hz;
        this.voicing = voicing;
    }

    /// F0 of each frame [Hz], 0 where it is unvoiced; not a copy: do not modify.
    public float[] hz() {
        return hz;
    }

    /// How periodic each frame is, 0 (noise, silence) to 1: its normalised autocorrelation at the period chosen for
    /// it, or at its best where it is unvoiced. With v, the harmonics-to-noise ratio is 10 log10(v / (1 - v)) dB.
    /// Not a copy: do not modify.
    public float[] voicing() {
        return voicing;
    }

    /// Number of frames.
    public int frames() {
        return hz.length;
    }

    /// Whether frame `t` is voiced.
    public boolean voiced(int t) {
        return hz[t] > 0;
    }

    /// F0 on the scale on which steps of pitch are perceived: 12 log2(hz / 27.5) semitones. Unvoiced stretches are
    /// bridged by a straight line, at the ends by the nearest voiced frame. So the contour has no jumps, and only
    /// voicing shows which frames are voiced.
    ///
    /// @param unvoicedHz value for all frames of a recording in which none is voiced [Hz]
    public float[] semitones(double unvoicedHz) {
        float[] out = new float[hz.length];
        int last = -1;
        for (int t = 0; t < hz.length; t++) {
            if (voiced(t)) {
                out[t] = semitones(hz[t]);
                bridge(out, last, t);
                last = t;
            }
        }
        float end = last < 0 ? (float) semitone(unvoicedHz) : out[last];
        for (int t = last + 1; t < hz.length; t++) {
            out[t] = end;
        }
        return out;
    }

    private static float semitones(float hz) {
        return (float) semitone(hz);
    }

    private static double semitone(double hz) {
        return 12 * Math.log(hz / SEMITONE_ZERO_HZ) / Math.log(2);
    }

    /// Fills the frames between two voiced ones; before the first, its own value.
    private static void bridge(float[] out, int from, int to) {
        float start = from < 0 ? out[to] : out[from];
        for (int t = from + 1; t < to; t++) {
            out[t] = start + (out[to] - start) * (t - from) / (to - from);
        }
    }
}
