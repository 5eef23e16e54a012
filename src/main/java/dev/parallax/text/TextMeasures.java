package dev.parallax.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Measures of a sentence by its letters and a vocabulary alone. A model stores their ranges on its training part,
/// so that it can warn of text unlike that.
///
/// @param words       tokens with a letter in them
/// @param known       of them in the vocabulary
/// @param meanLogRank the mean over the words of ln(r), r the place of a word among the words of the vocabulary by
///                    falling count, for an unknown word the number of them; 0 where there is no word. Counts fall
///                    about as 1 / r (Zipf's law), so up to a constant this is the mean surprisal in nats. It is
///                    larger for another language than the vocabulary's, even where some words look alike
/// @param letters     number of letters by the script that they are written in, such as `Latin` or `Cyrillic`; those
///                    that several scripts share do not count
public record TextMeasures(int words, int known, double meanLogRank, Map<String, Integer> letters) {

    public TextMeasures {
        letters = Map.copyOf(letters);
    }

    /// Measures tokens.
    public static TextMeasures of(List<String> tokens, Vocabulary vocabulary) {
        int words = 0;
        int known = 0;
        double sum = 0;
        Map<String, Integer> letters = new TreeMap<>();
        for (String token : tokens) {
            if (token.codePoints().anyMatch(Character::isLetter)) {
                int id = vocabulary.id(token);
                words++;
                known += id > 0 ? 1 : 0;
                sum += Math.log(id > 0 ? id : Math.max(1, vocabulary.size() - 1));
                countLetters(token, letters);
            }
        }
        return new TextMeasures(words, known, words == 0 ? 0 : sum / words, letters);
    }

    private static void countLetters(String token, Map<String, Integer> letters) {
        token.codePoints().filter(Character::isLetter).forEach(letter -> {
            Character.UnicodeScript script = Character.UnicodeScript.of(letter);
            if (script != Character.UnicodeScript.COMMON && script != Character.UnicodeScript.INHERITED) {
                letters.merge(name(script), 1, Integer::sum);
            }
        });
    }

    /// `Old Hungarian` for `OLD_HUNGARIAN`.
    private static String name(Character.UnicodeScript script) {
        StringBuilder name = new StringBuilder();
        for (String word : script.name().split("_")) {
            name.append(name.isEmpty() ? "" : " ")
                    .append(word.charAt(0))
                    .append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
