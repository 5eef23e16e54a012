package dev.parallax.audio;

import dev.parallax.BadInputException;

/// How a signal of n samples is cut into overlapping frames.
///
/// @param frameLength samples per frame, at least 2
/// @param hopLength   samples from the start of a frame to the start of the next, at least 1
/// @param edges       what happens at the ends
public record Framing(int frameLength, int hopLength, Edges edges) {

    /// What happens at the ends of the signal. A signal always gives at least one frame.
    public enum Edges {
        /// Only whole frames: 1 + floor((n - frame) / hop), frame t starts at t · hop (Kaldi, `snip_edges`). A
        /// signal shorter than a frame gives one frame, zero-padded.
        SNIP,
        /// Frames until the signal is used up, the last one zero-padded: 1 + ceil((n - frame) / hop)
        /// (python_speech_features).
        PADDED,
        /// Frame t is centred on sample t · hop, zeros outside: 1 + floor(n / hop) (librosa, `center=True`).
        CENTERED,
        /// Frame t is centred on sample (t + 1/2) · hop, the signal mirrored outside: floor((n + hop/2) / hop)
        /// (Kaldi, `snip_edges=false`).
        MIRRORED
    }

    private static final int MOST = 1 << 20; // samples

    public Framing {
        if (frameLength < 2 || frameLength > MOST || hopLength < 1 || hopLength > MOST) {
            throw new BadInputException("framing: frames of " + frameLength + " samples every " + hopLength
                    + ": must be in [2, " + MOST + "] and [1, " + MOST + "]");
        }
    }

    /// Number of frames of a signal of `samples` samples, at least 1.
    public int frames(int samples) {
        long n = samples;
        long frames = switch (edges) {
            case SNIP -> 1 + Math.floorDiv(n - frameLength, hopLength);
            case PADDED -> 1 + Math.ceilDiv(Math.max(0, n - frameLength), hopLength);
            case CENTERED -> 1 + n / hopLength;
            case MIRRORED -> (n + hopLength / 2) / hopLength;
        };
        return (int) Math.max(1, frames);
    }

    /// First sample of frame `t`; may lie before the signal.
    public long start(int t) {
        long hop = (long) t * hopLength;
        return switch (edges) {
            case SNIP, PADDED -> hop;
            case CENTERED -> hop - (frameLength + 1) / 2;
            case MIRRORED -> hop + hopLength / 2 - frameLength / 2;
        };
    }

    /// Copies frame `t` into the first `frameLength` values of `out`, after pre-emphasis over the whole signal:
    /// y\[i\] = scale (x\[i\] - c x\[i-1\]), y\[0\] = scale x\[0\]; with c = 0 the plain samples.
    ///
    /// @param x signal, not modified
    /// @param c coefficient of the pre-emphasis, 0 for none
    public void copy(float[] x, int t, double scale, double c, double[] out) {
        long start = start(t);
        if (start > 0 && start + frameLength <= x.length) { // nearly every frame, and loops without branches
            int first = (int) start;
            if (c == 0) {
                for (int i = 0; i < frameLength; i++) {
                    out[i] = scale * x[first + i];
                }
            } else {
                for (int i = 0; i < frameLength; i++) {
                    out[i] = scale * (x[first + i] - c * x[first + i - 1]);
                }
            }
            return;
        }
        for (int i = 0; i < frameLength; i++) {
            int at = place(start + i, x.length);
            if (at < 0) {
                out[i] = 0;
            } else {
                out[i] = scale * (at == 0 || c == 0 ? x[at] : x[at] - c * x[at - 1]);
            }
        }
    }

    /// The index of the sample at `at`, or -1 for a zero.
    private int place(long at, int samples) {
        long place = at;
        if (edges == Edges.MIRRORED) {
            while (samples > 0 && (place < 0 || place >= samples)) {
                place = place < 0 ? -place - 1 : 2L * samples - 1 - place;
            }
        }
        return place < 0 || place >= samples ? -1 : (int) place;
    }
}
