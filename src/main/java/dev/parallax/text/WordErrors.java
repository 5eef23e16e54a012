package dev.parallax.text;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Sentences with wrong words, as speech recognition writes them. Each word gets an error with a probability, the
/// word error rate. It is another word (60 % of the errors: a substitution), or missing (25 %: a deletion), or followed
/// by another word (15 %: an insertion). These shares are a choice. The words that come in are drawn by how often they
/// occur in some sentences. A recogniser would prefer those that sound alike: that is not imitated.
///
/// A sentence that would have no word left has its first word replaced instead. Errors at a lower rate are among
/// those at a higher one, since each word draws the same numbers at every rate.
public final class WordErrors {

    private static final double SUBSTITUTED = 0.6;
    private static final double DELETED = 0.85; // with the former ones

    private final List<String> words; // all that occur, one after the other
    private final boolean several; // different ones

    private WordErrors(List<String> words) {
        this.words = List.copyOf(words);
        this.several = words.stream().distinct().limit(2).count() == 2;
    }

    /// With the words of some sentences; where these have only one word, it stands for itself.
    public static WordErrors of(Collection<String> sentences) {
        return new WordErrors(
                sentences.stream().flatMap(sentence -> words(sentence).stream()).toList());
    }

    private static List<String> words(String sentence) {
        return Arrays.stream(sentence.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// A sentence with errors.
    ///
    /// @param sentence words between white space
    /// @param rate     of errors, 0 to 1
    /// @param random   made for this sentence
    public String apply(String sentence, double rate, RandomStream random) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new BadInputException("word errors: the rate is " + rate + ", expected 0 to 1");
        }
        List<String> said = words(sentence);
        List<String> heard = new ArrayList<>();
        String first = "";
        for (int i = 0; i < said.size(); i++) {
            String word = said.get(i);
            boolean isWrong = random.nextDouble() < rate;
            double kind = random.nextDouble();
            String other = other(word, random);
            first = i == 0 ? other : first;
            if (!isWrong) {
                heard.add(word);
            } else if (kind < SUBSTITUTED) {
                heard.add(other);
            } else if (kind >= DELETED) {
                heard.add(word);
                heard.add(other);
            }
        }
        return heard.isEmpty() ? first : String.join(" ", heard);
    }

    /// Another word than this one. How many numbers are drawn does not depend on the rate.
    private String other(String word, RandomStream random) {
        if (words.isEmpty()) {
            return word;
        }
        String drawn = words.get(random.nextInt(words.size()));
        while (several && drawn.equals(word)) {
            drawn = words.get(random.nextInt(words.size()));
        }
        return drawn;
    }
}
