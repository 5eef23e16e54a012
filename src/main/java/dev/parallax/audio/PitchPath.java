package dev.parallax.audio;

import java.util.Arrays;

/// The best way through the candidates of all frames, found frame by frame (Viterbi's algorithm). Of a frame's
/// states, number 0 is unvoiced. A move costs, for hops of 10 ms and in proportion for others,
///
/// - nothing from unvoiced to unvoiced,
/// - voicedUnvoicedCost from voiced to unvoiced and back,
/// - octaveJumpCost · |log2(f / f')| from f to f'.
///
/// So a jump of an octave for one frame costs two moves of 0.35, more than the wrong octave can win there.
final class PitchPath {

    private static final double HOP_SECONDS = 0.01;

    private final Pitch settings;
    private final int states;
    private final double costScale;
    private final float[] hz;
    private final float[] value;
    private final byte[] from;
    private final float[] bestValue;
    private final double[] log2;
    private final double[] local;
    private double[] score;
    private double[] nextScore;
    private int frame = -1;
    private int count;
    private int previousCount;

    /// @param frames     how many there will be
    /// @param candidates most voiced candidates that are kept of a frame
    /// @param hopSeconds from frame to frame
    PitchPath(Pitch settings, int frames, int candidates, double hopSeconds) {
        this.settings = settings;
        this.states = candidates + 1;
        this.costScale = HOP_SECONDS / hopSeconds;
        this.hz = new float[frames * states];
        this.value = new float[frames * states];
        this.from = new byte[frames * states];
        this.bestValue = new float[frames];
        this.log2 = new double[2 * states];
        this.local = new double[states];
        this.score = new double[states];
        this.nextScore = new double[states];
    }

    /// Begins a frame.
    ///
    /// @param unvoicedStrength how likely it is unvoiced
    void nextFrame(double unvoicedStrength) {
        advance();
        frame++;
        previousCount = count;
        System.arraycopy(log2, states, log2, 0, states);
        local[0] = unvoicedStrength;
        count = 1;
    }

    /// Adds a candidate to the current frame; the weakest gives way when there are too many.
    ///
    /// @param candidateValue normalised autocorrelation, 0 to 1
    void candidate(double candidateHz, double candidateValue) {
        bestValue[frame] = Math.max(bestValue[frame], (float) candidateValue);
        double strength =
                candidateValue + settings.octaveCost() * Math.log(candidateHz / settings.minHz()) / Math.log(2);
        int place = count;
        if (count == states) {
            place = 1;
            for (int s = 2; s < states; s++) {
                place = local[s] < local[place] ? s : place;
            }
            if (strength <= local[place]) {
                return;
            }
        } else {
            count++;
        }
        local[place] = strength;
        hz[frame * states + place] = (float) candidateHz;
        value[frame * states + place] = (float) candidateValue;
        log2[states + place] = Math.log(candidateHz) / Math.log(2);
    }

    /// Ends the current frame: the best way to each of its states.
    private void advance() {
        if (frame < 0) {
            return;
        }
        for (int s = 0; s < count; s++) {
            int best = 0;
            double bestScore = frame == 0 ? 0 : score[0] - cost(0, s);
            for (int p = 1; p < previousCount; p++) {
                double candidate = score[p] - cost(p, s);
                if (candidate > bestScore) {
                    best = p;
                    bestScore = candidate;
                }
            }
            nextScore[s] = bestScore + local[s];
            from[frame * states + s] = (byte) best;
        }
        double[] swapped = score;
        score = nextScore;
        nextScore = swapped;
    }

    private double cost(int previous, int state) {
        if (previous == 0 || state == 0) {
            return previous == state ? 0 : costScale * settings.voicedUnvoicedCost();
        }
        return costScale * settings.octaveJumpCost() * Math.abs(log2[states + state] - log2[previous]);
    }

    /// The best path, once all frames have their candidates.
    PitchTrack best() {
        advance();
        int frames = frame + 1;
        float[] f0 = new float[frames];
        float[] voicing = Arrays.copyOf(bestValue, frames);
        int state = 0;
        for (int s = 1; s < count; s++) {
            state = score[s] > score[state] ? s : state;
        }
        for (int t = frames - 1; t >= 0; t--) {
            if (state > 0) {
                f0[t] = hz[t * states + state];
                voicing[t] = value[t * states + state];
            }
            state = from[t * states + state];
        }
        return new PitchTrack(f0, voicing);
    }
}
