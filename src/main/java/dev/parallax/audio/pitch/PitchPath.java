package dev.parallax.audio.pitch;

/// The best way through the candidates of all frames, found frame by frame (Viterbi's algorithm). Of a frame's
/// states, number 0 is unvoiced. A move costs, for hops of 10 ms and in proportion for others,
///
/// - nothing from unvoiced to unvoiced,
/// - voicedUnvoicedCost from voiced to unvoiced and back,
/// - octaveJumpCost · |log2(f / f')| from f to f'.
///
/// So a jump of an octave for one frame costs two moves of 0.35, more than the wrong octave can win there.
public final class PitchPath {

    private static final double HOP_SECONDS = 0.01;

    private final PitchCandidates candidates;
    private final double changeCost;
    private final double octaveCost;
    private final byte[] from;
    private double[] score;
    private double[] nextScore;

    /// @param candidates of all frames, not modified
    /// @param hopSeconds from frame to frame
    public PitchPath(Pitch settings, PitchCandidates candidates, double hopSeconds) {
        this.candidates = candidates;
        this.changeCost = changeCost(settings, hopSeconds);
        this.octaveCost = HOP_SECONDS / hopSeconds * settings.octaveJumpCost();
        this.from = new byte[candidates.frames() * candidates.places()];
        this.score = new double[candidates.places()];
        this.nextScore = new double[candidates.places()];
    }

    /// What a change between voiced and unvoiced costs.
    static double changeCost(Pitch settings, double hopSeconds) {
        return HOP_SECONDS / hopSeconds * settings.voicedUnvoicedCost();
    }

    /// The best path.
    public PitchTrack best() {
        int frames = candidates.frames();
        for (int s = 0; s < candidates.count(0); s++) {
            score[s] = candidates.strength(0, s);
        }
        for (int t = 1; t < frames; t++) {
            advance(t);
        }
        int state = 0;
        for (int s = 1; s < candidates.count(frames - 1); s++) {
            state = score[s] > score[state] ? s : state;
        }
        float[] hz = new float[frames];
        float[] voicing = new float[frames];
        for (int t = frames - 1; t >= 0; t--) {
            hz[t] = candidates.hz(t, state);
            voicing[t] = candidates.value(t, state);
            state = from[t * candidates.places() + state];
        }
        return new PitchTrack(hz, voicing);
    }

    /// The best way to each state of frame `t`.
    private void advance(int t) {
        for (int s = 0; s < candidates.count(t); s++) {
            int best = 0;
            double bestScore = score[0] - (s == 0 ? 0 : changeCost);
            double octave = candidates.log2(t, s);
            for (int p = 1; p < candidates.count(t - 1); p++) {
                double cost = s == 0 ? changeCost : octaveCost * Math.abs(octave - candidates.log2(t - 1, p));
                if (score[p] - cost > bestScore) {
                    best = p;
                    bestScore = score[p] - cost;
                }
            }
            nextScore[s] = bestScore + candidates.strength(t, s);
            from[t * candidates.places() + s] = (byte) best;
        }
        double[] swapped = score;
        score = nextScore;
        nextScore = swapped;
    }
}
