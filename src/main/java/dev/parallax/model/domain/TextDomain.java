package dev.parallax.model.domain;

import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.text.TextMeasures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What sentences of the training and validation parts were like.
///
/// @param words              words of a sentence
/// @param highestMeanLogRank hardly any sentence of the validation part is above it, see [TextMeasures]
/// @param scripts            share of the training part's letters in each script, by its name; empty where it is
///                           not known, and then any script is accepted
public record TextDomain(Range words, double highestMeanLogRank, Map<String, Double> scripts) {

    private static final double MOST = 1e9;
    private static final RecordJson<TextDomain> JSON = // those of former versions lack the scripts
            RecordJson.of(TextDomain.class).since("scripts", Map.of());

    /// Where nothing is known of the training part.
    public static final TextDomain ANY = new TextDomain(new Range(0, MOST), MOST, Map.of());

    private static final double LONGER = 2; // a sentence may be longer than the longest by this factor
    private static final double READ_SHARE = 0.001; // of the letters; a script with fewer counts as unseen
    private static final double MAINLY = 0.5; // share of a text's letters

    public TextDomain {
        scripts = Map.copyOf(scripts);
    }

    /// What the training part is written in.
    ///
    /// @param sentences of it
    public static Map<String, Double> scriptsOf(List<TextMeasures> sentences) {
        Map<String, Integer> letters = new TreeMap<>();
        sentences.forEach(
                sentence -> sentence.letters().forEach((script, count) -> letters.merge(script, count, Integer::sum)));
        double all = sum(letters);
        Map<String, Double> shares = new TreeMap<>();
        letters.forEach((script, count) -> shares.put(script, count / all));
        return shares;
    }

    private static double sum(Map<String, Integer> letters) {
        return letters.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// What makes an answer to a sentence unreliable, one line each; none where it is like the training sentences.
    public List<String> doubts(TextMeasures text) {
        List<String> doubts = new ArrayList<>();
        String unread = unread(text.letters());
        if (text.words() == 0) {
            doubts.add("the text holds no word, only marks or numbers; give what was said");
        } else if (unread != null) {
            doubts.add("the text is in " + unread + "; the model has read " + String.join(", ", read())
                    + "; give a text of the language that it was trained on");
        } else if (text.known() == 0) {
            doubts.add("no word of the text is known to the model; it reads the language that it was trained on");
        } else if (text.meanLogRank() > highestMeanLogRank) {
            String how = text.known() == text.words()
                    ? "rare in what the model has read"
                    : "rare or unknown to the model (" + text.known() + " of " + text.words() + " are known)";
            doubts.add("the words of the text are " + how + ": is it the language that it was trained on?");
        }
        if (text.words() > LONGER * words.high()) {
            doubts.add("a text of " + text.words() + " words, the longest that the model has learned from has "
                    + Math.round(words.high()) + "; give one utterance at a time");
        }
        return doubts;
    }

    /// The most frequent unseen script of a text that is mainly written in unseen scripts; else null.
    private @Nullable String unread(Map<String, Integer> letters) {
        Map<String, Integer> others = new TreeMap<>(letters);
        others.keySet().removeAll(read());
        boolean mainly = !scripts.isEmpty() && sum(others) > MAINLY * sum(letters);
        return mainly
                ? Collections.max(others.entrySet(), Map.Entry.comparingByValue())
                        .getKey()
                : null;
    }

    /// The scripts of the training part, the most frequent first.
    private List<String> read() {
        return scripts.entrySet().stream()
                .filter(script -> script.getValue() >= READ_SHARE)
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    static TextDomain fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
