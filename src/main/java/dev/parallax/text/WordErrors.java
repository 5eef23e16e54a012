package dev.parallax.text;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// Sentences with wrong words, as speech recognition writes them. Each word gets an error with a probability, the
/// word error rate. It is another word (60 % of the errors), or missing (25 %), or followed by a word that was not
/// said (15 %). These shares are a choice. The words that come in are drawn from a list, where each is as frequent
/// as it is listed. Words that sound alike are not preferred, as a recogniser would.
///
/// A sentence that would have no word left has its first word replaced instead. Errors at a lower rate are among
/// those at a higher one, since each word draws the same numbers at every rate.
///
/// @param rate  of errors, 0 to 1
/// @param words what comes in, at least two different ones
public record WordErrors(double rate, List<String> words) {

    private static final double SUBSTITUTED = 0.6;
    private static final double DELETED = 0.85; // with the former ones

    public WordErrors {
        if (!(rate >= 0 && rate <= 1)) {
            throw new BadInputException("word errors: the rate is " + rate + ", expected 0 to 1");
        }
        if (words.stream().distinct().count() < 2) {
            throw new BadInputException("word errors: the sentences have fewer than two different words to draw from");
        }
        words = List.copyOf(words);
    }

    /// The words of a sentence, between white space.
    public static List<String> split(String sentence) {
        return sentence.isBlank() ? List.of() : List.of(sentence.strip().split("\\s+", -1));
    }

    /// The sentence with errors.
    ///
    /// @param random of this sentence alone
    public String apply(String sentence, RandomStream random) {
        List<String> heard = new ArrayList<>();
        String first = null;
        for (String word : split(sentence)) {
            boolean isWrong = random.nextDouble() < rate;
            double kind = random.nextDouble();
            int place = random.nextInt(words.size());
            String other = other(word, place);
            first = first == null ? other : first;
            if (!isWrong) {
                heard.add(word);
            } else if (kind < SUBSTITUTED) {
                heard.add(other);
            } else if (kind >= DELETED) {
                heard.add(word);
                heard.add(words.get(place));
            }
        }
        if (heard.isEmpty() && first != null) {
            heard.add(first);
        }
        return String.join(" ", heard);
    }

    /// The word at a place of the list, or the next one that differs.
    private String other(String word, int place) {
        int i = place;
        while (words.get(i).equals(word)) {
            i = (i + 1) % words.size();
        }
        return words.get(i);
    }
}
