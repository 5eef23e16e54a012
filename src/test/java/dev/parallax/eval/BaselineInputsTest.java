package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import dev.parallax.eval.baseline.BagOfWords;
import dev.parallax.eval.baseline.SparseRows;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the linear models are given, and how far test transcripts are known from training.
class BaselineInputsTest {

    @Test
    void bagOfWords_settings_giveValuesByHand() {
        List<int[]> training = List.of(new int[] {0, 1, 1}, new int[] {0}, new int[] {});
        List<int[]> test = List.of(new int[] {1, 0, 1, 3});
        SparseRows counts = rows(training, test, false, false);
        assertEquals(List.of(1.0, 2.0, 0.0, 1.0), row(counts));
        assertEquals(List.of(1.0, 1.0, 0.0, 1.0), row(rows(training, test, true, false)));
        double common = 1 + Math.log(4 / 3.0);
        double rare = 1 + Math.log(4 / 2.0);
        double unseen = 1 + Math.log(4);
        assertEquals(List.of(common, 2 * rare, 0.0, unseen), row(rows(training, test, false, true)));
        assertEquals(4, counts.columns());
        assertEquals(1, counts.rows());
        assertEquals(List.of(0.0, 0.0, 0.0, 0.0), row(rows(training, List.of(new int[0]), true, true)));
    }

    private static SparseRows rows(List<int[]> training, List<int[]> test, boolean binary, boolean idf) {
        return BagOfWords.fit(training, 4, new BagOfWords.Counting(binary, idf)).rows(test);
    }

    private static List<Double> row(SparseRows rows) {
        return List.of(rows.at(0, 0), rows.at(0, 1), rows.at(0, 2), rows.at(0, 3));
    }

    @Test
    void bagOfWords_wrongInput_isOneLine() {
        assertEquals(
                "bag of words: utterance 1 has the token id 4, expected 0..3",
                Refusal.of(() -> rows(List.of(), List.of(new int[1], new int[] {4}), true, false)));
        assertEquals(
                "bag of words: there are no utterances; is this part of the split empty?",
                Refusal.of(() -> rows(List.of(), List.of(), true, false)));
    }

    @Test
    void textOverlap_blanks_areNoTranscripts() {
        TextOverlap overlap = TextOverlap.of(Set.of("yes", "no", " "), List.of("yes", "maybe", " ", "yes"));
        assertEquals(new TextOverlap(3, 2), overlap);
    }
}
