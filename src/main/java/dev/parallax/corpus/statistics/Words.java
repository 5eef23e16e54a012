package dev.parallax.corpus.statistics;

import dev.parallax.data.Utterance;
import dev.parallax.io.JsonObject;
import dev.parallax.text.TokenizedText;
import dev.parallax.text.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The texts of a corpus in numbers. Words are counted by the [Tokenizer] without punctuation: `don't` is two.
///
/// @param perText    words of each text, in the order of the utterances that have one
/// @param vocabulary how many different words, whatever their case
/// @param different  how many different texts
public record Words(List<Integer> perText, int vocabulary, int different) {

    private static final Tokenizer WORDS = new Tokenizer(true, false);

    /// Counts the words of all texts.
    static Words of(List<Utterance> utterances) {
        List<Integer> perText = new ArrayList<>();
        Set<String> vocabulary = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (Utterance utterance : utterances) {
            String text = utterance.text();
            if (text != null) {
                TokenizedText words = WORDS.read(text);
                perText.add(words.total());
                vocabulary.addAll(words.tokens());
                texts.add(text);
            }
        }
        return new Words(perText, vocabulary.size(), texts.size());
    }

    /// All words together.
    public long total() {
        return perText.stream().mapToLong(Integer::longValue).sum();
    }

    /// For people.
    String line() {
        return "texts        " + perText.size() + ", " + different + " of them different, with " + total() + " words, "
                + vocabulary + " of them different";
    }

    /// Adds what scripts may want to know.
    JsonObject addTo(JsonObject json) {
        return json.with("texts", perText.size())
                .with("differentTexts", different)
                .with("words", total())
                .with("vocabulary", vocabulary);
    }
}
