package dev.parallax.benchmarks;

/// Sizes of matrix products, op(a) [m, k] · op(b) [k, n]: two squares, and those of the two workloads' models on one
/// shard (5 dialogues, 8 utterances).
public enum GemmShape {
    SQUARE_480(480, 480, 480, "480 x 480 x 480"),
    SQUARE_960(960, 960, 960, "960 x 960 x 960"),
    DIALOGUE_PROJECTION(325, 100, 768, "text projection of dialogues, 325 x 100 x 768"),
    DIALOGUE_GRU(325, 150, 100, "GRU inputs of dialogues, 325 x 150 x 100"),
    UTTERANCE_LSTM(2400, 256, 40, "LSTM inputs of utterances, 2400 x 256 x 40"),
    UTTERANCE_ATTENTION(2400, 128, 128, "attention inputs of utterances, 2400 x 128 x 128");

    final int m;
    final int n;
    final int k;
    final String title;

    GemmShape(int m, int n, int k, String title) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.title = title;
    }

    /// Multiplications and additions.
    double operations() {
        return 2.0 * m * n * k;
    }

    boolean isSquare() {
        return m == n && n == k;
    }
}
