package dev.parallax.text;

import java.util.List;

/// What can be told of a sentence by a vocabulary alone. A model keeps the ranges of its training part, so that it
/// can say what it cannot read.
///
/// @param words       tokens with a letter in them
/// @param known       of them in the vocabulary
/// @param meanLogRank the mean over the words of ln(r), r the place of a word among the words of the vocabulary by
///                    falling count, for an unknown word the number of them; 0 where there is no word. Counts fall
///                    about as 1 / r (Zipf), so this is the mean surprise in nats but for a constant: larger for
///                    another language than the vocabulary's, also where some of its words look alike
public record TextMeasures(int words, int known, double meanLogRank) {

    /// Measures tokens.
    public static TextMeasures of(List<String> tokens, Vocabulary vocabulary) {
        int words = 0;
        int known = 0;
        double sum = 0;
        for (String token : tokens) {
            if (token.codePoints().anyMatch(Character::isLetter)) {
                int id = vocabulary.id(token);
                words++;
                known += id > 0 ? 1 : 0;
                sum += Math.log(id > 0 ? id : Math.max(1, vocabulary.size() - 1));
            }
        }
        return new TextMeasures(words, known, words == 0 ? 0 : sum / words);
    }
}
