package dev.parallax.eval;

/// McNemar's test of two systems on the same utterances, by those that only one of them gets right.
///
/// Under the hypothesis that both are as often right, each of the n = b + c utterances on which they differ is as
/// likely
/// one's as the other's, so that b is binomial with n trials and probability 1/2. The exact two-sided p is
///
///     p = min(1, 2 · sum over k = 0..min(b, c) of C(n, k) / 2ⁿ)
///
/// It takes utterances as independent: those of one speaker are not, so p is rather too small. [PairedDifference] and
/// [ApproximateRandomization] take whole speakers.
///
/// Source: McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
/// Psychometrika 12 (1947).
///
/// @param onlyFirst  b, utterances that the first alone gets right
/// @param onlySecond c, those that the second alone gets right
/// @param p          in (0, 1]; 1 where they never differ
public record McNemar(int onlyFirst, int onlySecond, double p) {

    /// The test.
    ///
    /// @param first  whether the first is right, utterance by utterance
    /// @param second whether the second is, as many
    public static McNemar of(boolean[] first, boolean[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException("McNemar: " + first.length + " and " + second.length + " answers");
        }
        int b = 0;
        int c = 0;
        for (int i = 0; i < first.length; i++) {
            b += first[i] && !second[i] ? 1 : 0;
            c += second[i] && !first[i] ? 1 : 0;
        }
        return new McNemar(b, c, p(b, c));
    }

    private static double p(int b, int c) {
        int n = b + c;
        double term = -n * Math.log(2); // log of C(n, 0) / 2ⁿ
        double sum = Math.exp(term);
        for (int k = 1; k <= Math.min(b, c); k++) {
            term += Math.log(n - k + 1.0) - Math.log(k);
            sum += Math.exp(term);
        }
        return Math.min(1, 2 * sum);
    }
}
