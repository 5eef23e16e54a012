package dev.parallax.audit;

import dev.parallax.audio.pitch.Pitch;
import java.util.Arrays;
import java.util.List;

/// The best path through what F0 may be in each frame: the one of the largest sum of strengths, less what its moves
/// cost. For a hop of 10 ms, and in proportion for another, a move from f to f' costs octaveJumpCost |log2(f/f')|, one
/// between voiced and unvoiced voicedUnvoicedCost. It is found frame by frame (Viterbi's algorithm).
///
/// @param settings   of the search
/// @param hopSeconds from frame to frame
record PitchPathFormula(Pitch settings, double hopSeconds) {

    /// What F0 of a frame may be.
    ///
    /// @param hz       0 for unvoiced
    /// @param value    the autocorrelation there; for unvoiced the largest of all
    /// @param strength how likely it is by itself
    record Candidate(double hz, double value, double strength) {}

    /// F0 of each frame, 0 where it is unvoiced, and how voiced it is.
    record Track(List<Double> hz, List<Double> voicing) {}

    /// The path.
    ///
    /// @param all the candidates of each frame, at least one
    Track best(List<List<Candidate>> all) {
        int frames = all.size();
        double[][] score = new double[frames][];
        int[][] from = new int[frames][];
        for (int t = 0; t < frames; t++) {
            List<Candidate> these = all.get(t);
            score[t] = these.stream().mapToDouble(Candidate::strength).toArray();
            from[t] = new int[these.size()];
            for (int s = 0; t > 0 && s < these.size(); s++) {
                double most = Double.NEGATIVE_INFINITY;
                for (int p = 0; p < score[t - 1].length; p++) {
                    double sum = score[t - 1][p] - cost(all.get(t - 1).get(p).hz, these.get(s).hz);
                    if (sum > most) {
                        most = sum;
                        from[t][s] = p;
                    }
                }
                score[t][s] += most;
            }
        }
        int state = 0;
        for (int s = 1; s < score[frames - 1].length; s++) {
            state = score[frames - 1][s] > score[frames - 1][state] ? s : state;
        }
        Candidate[] path = new Candidate[frames];
        for (int t = frames - 1; t >= 0; t--) {
            path[t] = all.get(t).get(state);
            state = from[t][state];
        }
        return new Track(
                Arrays.stream(path).map(Candidate::hz).toList(),
                Arrays.stream(path).map(Candidate::value).toList());
    }

    /// What a move from one frame to the next costs.
    private double cost(double hz, double next) {
        double perHop = 0.01 / hopSeconds;
        if (hz == 0 || next == 0) {
            return hz == next ? 0 : perHop * settings.voicedUnvoicedCost();
        }
        return perHop * settings.octaveJumpCost() * Math.abs(log2(next / hz));
    }

    static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
