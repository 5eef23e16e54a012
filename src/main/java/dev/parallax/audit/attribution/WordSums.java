package dev.parallax.audit.attribution;

import java.util.Arrays;
import java.util.List;

/// From tokens to the words of a text ([dev.parallax.model.attention.WordRows]).
final class WordSums {

    private WordSums() {}

    /// What each word is worth: the sum over its tokens.
    ///
    /// @param owners the word of each token, or -1
    /// @param worth  of each token
    static List<Double> of(int[] owners, double[] worth, int words) {
        double[] sums = new double[words];
        for (int i = 0; i < owners.length; i++) {
            if (owners[i] >= 0 && owners[i] < words) {
                sums[owners[i]] += worth[i];
            }
        }
        return Arrays.stream(sums).boxed().toList();
    }
}
