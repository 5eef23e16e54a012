package dev.parallax.pretrained.encoder;

/// Attention with linear biases: the score of query t and key j of head h is lowered by |j - t| · slope_h.
/// Source: Press et al., "Train Short, Test Long", 2022.
final class Alibi {

    private static final int STEEPEST = 8; // the last of 2ⁿ heads has the slope 2⁻⁸

    private Alibi() {}

    /// For 2ⁿ heads 2^(-8 / heads), its square and so on; for other numbers those of the next lower 2ⁿ, then every
    /// other one of twice as many heads.
    static float[] slopes(int heads) {
        int lower = Integer.highestOneBit(heads);
        float[] slopes = new float[heads];
        for (int h = 0; h < heads; h++) {
            double exponent = h < lower
                    ? (double) STEEPEST * (h + 1) / lower
                    : (double) STEEPEST * (2 * (h - lower) + 1) / (2 * lower);
            slopes[h] = (float) Math.pow(2, -exponent);
        }
        return slopes;
    }

    /// -|distance| · slope for distance = -reach .. reach, [2 · reach + 1, heads].
    static float[] table(int reach, int heads) {
        float[] slopes = slopes(heads);
        float[] table = new float[(2 * reach + 1) * heads];
        for (int at = 0; at < table.length; at++) {
            table[at] = -Math.abs(at / heads - reach) * slopes[at % heads];
        }
        return table;
    }
}
