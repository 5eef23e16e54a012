package dev.parallax.audio.pitch;

/// What F0 may be in each frame of a recording: one row per frame, with the candidates in the order in which they
/// came. Place 0 of a row stands for an unvoiced frame. Rows are independent, so several threads may fill different
/// ones.
///
/// Noise has dozens of weak candidates per frame. A candidate is on no best path if it is weaker than being unvoiced
/// by more than the cost of two changes between voiced and unvoiced. To be unvoiced for this frame would be better,
/// whatever the neighbours are. Such candidates are skipped, which changes no path.
public final class PitchCandidates {

    private static final double LN_2 = Math.log(2);

    private final Pitch settings;
    private final int places;
    private final double log2MinHz;
    private final double mostForHeight;
    private final double twoChanges;
    private final int[] count;
    private final float[] best;
    private final float[] hz;
    private final float[] value;
    private final double[] log2;
    private final double[] strength;

    /// @param frames     how many rows
    /// @param most       candidates that are kept of a frame, the strongest
    /// @param hopSeconds from frame to frame
    public PitchCandidates(Pitch settings, int frames, int most, double hopSeconds) {
        this.settings = settings;
        this.places = most + 1;
        this.log2MinHz = Math.log(settings.minHz()) / LN_2;
        // a little more, lest rounding make it less
        this.mostForHeight = 1e-9 + settings.octaveCost() * Math.log(settings.maxHz() / settings.minHz()) / LN_2;
        this.twoChanges = 2 * PitchPath.changeCost(settings, hopSeconds);
        this.count = new int[frames];
        this.best = new float[frames];
        this.hz = new float[frames * places];
        this.value = new float[frames * places];
        this.log2 = new double[frames * places];
        this.strength = new double[frames * places];
    }

    /// Begins the row of frame `t`.
    ///
    /// @param unvoicedStrength how likely it is unvoiced
    public void begin(int t, double unvoicedStrength) {
        strength[t * places] = unvoicedStrength;
        count[t] = 1;
    }

    /// Candidates up to this value do not change frame `t`.
    double floor(int t) {
        return Math.min(best[t], strength[t * places] - twoChanges - mostForHeight);
    }

    /// Adds a candidate to a row; the weakest is removed when there are too many.
    ///
    /// @param candidateValue normalised autocorrelation, 0 to 1
    public void add(int t, double candidateHz, double candidateValue) {
        best[t] = Math.max(best[t], (float) candidateValue);
        if (candidateValue + mostForHeight < strength[t * places] - twoChanges) {
            return;
        }
        int row = t * places;
        int place = row + count[t];
        boolean full = count[t] == places;
        if (full) {
            place = weakest(row);
            if (candidateValue + mostForHeight <= strength[place]) {
                return; // not even the highest F0 is strong enough: no need of a logarithm
            }
        }
        double octaves = Math.log(candidateHz) / LN_2;
        double candidateStrength = candidateValue + settings.octaveCost() * (octaves - log2MinHz);
        if (full && candidateStrength <= strength[place]) {
            return;
        }
        count[t] += full ? 0 : 1;
        strength[place] = candidateStrength;
        log2[place] = octaves;
        hz[place] = (float) candidateHz;
        value[place] = (float) candidateValue;
    }

    private int weakest(int row) {
        int place = row + 1;
        for (int s = place + 1; s < row + places; s++) {
            place = strength[s] < strength[place] ? s : place;
        }
        return place;
    }

    /// Number of frames.
    int frames() {
        return count.length;
    }

    /// Most places that a row has.
    int places() {
        return places;
    }

    /// Places of row `t` that are taken, at least 1.
    int count(int t) {
        return count[t];
    }

    /// How likely place `s` of row `t` is by itself.
    double strength(int t, int s) {
        return strength[t * places + s];
    }

    /// log2 of the candidate's frequency in Hz.
    double log2(int t, int s) {
        return log2[t * places + s];
    }

    /// The candidate's frequency [Hz], 0 for unvoiced.
    float hz(int t, int s) {
        return hz[t * places + s];
    }

    /// The normalised autocorrelation at the candidate; for unvoiced the largest of all that were added.
    float value(int t, int s) {
        return s == 0 ? best[t] : value[t * places + s];
    }
}
