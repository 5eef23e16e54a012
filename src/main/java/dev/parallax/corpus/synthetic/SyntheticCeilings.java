package dev.parallax.corpus.synthetic;

import java.util.Arrays;

/// The best accuracies that any model can reach on the embedded corpus, from the probabilities it is drawn with:
///
/// ceiling = sum over symbols (s, u) of max over y of (1/K) · sum over types T of p(T) · P(s | y, T) · P(u | y, T)
///
/// where s is what the audio shows and u what the text shows; for one perspective the sum runs over its symbols
/// alone. With a share of synergy utterances an additive fusion (class scores f(s) + g(u)) stays below the fused
/// ceiling: y = (i + j) mod 4 gives the pairs (i, j) and (i+2, j+2) one class and (i, j+2) and (i+2, j) another, and
/// the four inequalities that solving all of them takes add up to 0 > 0. So it solves at most three of each such
/// four, 3/4 of the synergy utterances; the tests hold scores that reach it.
///
/// @param audio    best accuracy from the audio alone
/// @param text     best accuracy from the text alone
/// @param fused    best accuracy from both
/// @param additive best accuracy of an additive fusion
public record SyntheticCeilings(double audio, double text, double fused, double additive) {

    private static final double ADDITIVE_SYNERGY = 0.75;

    /// The ceilings for these settings.
    public static SyntheticCeilings of(SyntheticSettings settings) {
        Symbol[] symbols = Symbol.values();
        double fused = 0;
        double audio = 0;
        double text = 0;
        for (Symbol shown : symbols) {
            double[] givenAudio = new double[Symbol.CLASSES];
            double[] givenText = new double[Symbol.CLASSES];
            for (Symbol other : symbols) {
                double[] pair = joint(settings, shown, other);
                double[] swapped = joint(settings, other, shown);
                fused += max(pair);
                for (int y = 0; y < Symbol.CLASSES; y++) {
                    givenAudio[y] += pair[y];
                    givenText[y] += swapped[y];
                }
            }
            audio += max(givenAudio);
            text += max(givenText);
        }
        double additive = fused - settings.synergy() * (1 - ADDITIVE_SYNERGY);
        return new SyntheticCeilings(audio, text, fused, additive);
    }

    /// Standard error of an accuracy measured on n independent utterances: sqrt(p (1 - p) / n). The quotas make the
    /// true one smaller, so a bound of three of these is a safe one.
    ///
    /// @param accuracy in [0, 1]
    /// @param n        utterances it was measured on, at least 1
    public static double standardError(double accuracy, int n) {
        return Math.sqrt(accuracy * (1 - accuracy) / n);
    }

    /// P(s, u, y) for every class y.
    private static double[] joint(SyntheticSettings settings, Symbol s, Symbol u) {
        double[] joint = new double[Symbol.CLASSES];
        for (int y = 0; y < joint.length; y++) {
            for (Type type : Type.values()) {
                joint[y] += settings.share(type) * shown(settings.error(), s, u, y, type) / Symbol.CLASSES;
            }
        }
        return joint;
    }

    /// P(s, u | y, T).
    private static double shown(double error, Symbol s, Symbol u, int y, Type type) {
        return switch (type) {
            case AUDIO -> u == Symbol.NEUTRAL ? informative(error, s, y) : 0;
            case TEXT -> s == Symbol.NEUTRAL ? informative(error, u, y) : 0;
            case BOTH -> informative(error, s, y) * informative(error, u, y);
            case SYNERGY -> {
                double sum = 0;
                for (int i = 0; i < Symbol.CLASSES; i++) {
                    boolean met = s == Symbol.sign(i) && u == Symbol.sign(Math.floorMod(y - i, Symbol.CLASSES));
                    sum += met ? 1.0 / Symbol.CLASSES : 0;
                }
                yield sum;
            }
        };
    }

    /// P(symbol | y) of a perspective that shows the emotion: the true class with probability 1 - error, else another.
    private static double informative(double error, Symbol symbol, int y) {
        double sum = 0;
        for (int k = 0; k < Symbol.CLASSES; k++) {
            double p = k == y ? 1 - error : error / (Symbol.CLASSES - 1);
            sum += symbol == Symbol.emotion(k) ? p : 0;
        }
        return sum;
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
