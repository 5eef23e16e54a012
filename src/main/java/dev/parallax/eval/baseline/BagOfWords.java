package dev.parallax.eval.baseline;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Tokens without their order: what a linear model can use of text. Column w of an utterance is
///
///     count of w, or 1 if it occurs at all,   times   idf(w) = 1 + ln((1 + n) / (1 + n_w))
///
/// for n utterances in training of which n_w have the token w; the second factor can be left out. Words in every
/// utterance then count least. A token that does not occur in training has a constant column there, which the
/// regression ignores.
///
/// Source: Spärck Jones, "A Statistical Interpretation of Term Specificity and Its Application in
/// Retrieval", Journal of Documentation 28, 1972; the added ones as in scikit-learn.
public final class BagOfWords {

    private final Counting counting;
    private final double[] idf;

    /// How words are counted.
    ///
    /// @param binary true for 1 however often a token occurs
    /// @param idf    true to multiply by the inverse document frequency
    public record Counting(boolean binary, boolean idf) {

        /// Binary without idf: one sentence seldom repeats a word, and standardisation weighs rare
        /// words already.
        public static final Counting STANDARD = new Counting(true, false);
    }

    private BagOfWords(Counting counting, double[] idf) {
        this.counting = counting;
        this.idf = idf;
    }

    /// Counts in how many utterances of the training part each token occurs.
    ///
    /// @param training   token ids of each utterance, in 0..vocabulary-1; may be empty; not modified
    /// @param vocabulary how many ids there are
    public static BagOfWords fit(List<int[]> training, int vocabulary, Counting counting) {
        int[] documents = new int[vocabulary];
        for (int i = 0; i < training.size(); i++) {
            check(training.get(i), i, vocabulary);
            Arrays.stream(training.get(i)).distinct().forEach(id -> documents[id]++);
        }
        double n = 1.0 + training.size();
        double[] idf = Arrays.stream(documents)
                .mapToDouble(count -> counting.idf ? 1 + Math.log(n / (1 + count)) : 1)
                .toArray();
        return new BagOfWords(counting, idf);
    }

    private static void check(int[] ids, int utterance, int vocabulary) {
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new BadInputException("bag of words: utterance " + utterance + " has the token id " + id
                        + ", expected 0.." + (vocabulary - 1));
            }
        }
    }

    /// The bags of utterances, of training or others.
    ///
    /// @param utterances token ids of each, at least one utterance, not modified
    /// @return [utterances][vocabulary]
    public SparseRows rows(List<int[]> utterances) {
        if (utterances.isEmpty()) {
            throw new BadInputException("bag of words: there are no utterances; is this part of the split empty?");
        }
        int[][] indices = new int[utterances.size()][];
        double[][] values = new double[utterances.size()][];
        for (int i = 0; i < indices.length; i++) {
            check(utterances.get(i), i, idf.length);
            TreeMap<Integer, Integer> counts = new TreeMap<>();
            for (int id : utterances.get(i)) {
                counts.merge(id, 1, Integer::sum);
            }
            indices[i] = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
            values[i] = counts.entrySet().stream()
                    .mapToDouble(entry -> (counting.binary ? 1 : entry.getValue()) * idf[entry.getKey()])
                    .toArray();
        }
        return new SparseRows(idf.length, indices, values);
    }
}
