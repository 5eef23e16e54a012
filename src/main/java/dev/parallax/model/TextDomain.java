package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.text.TextMeasures;
import java.util.ArrayList;
import java.util.List;

/// What sentences of the training and validation parts were like.
///
/// @param words              words of a sentence
/// @param highestMeanLogRank hardly any sentence of the validation part has rarer words, see [TextMeasures]
public record TextDomain(Range words, double highestMeanLogRank) {

    private static final double MOST = 1e9;

    /// Where nothing is known of the training part.
    public static final TextDomain ANY = new TextDomain(new Range(0, MOST), MOST);

    private static final double LONGER = 2; // so much longer than the longest may a sentence be

    /// What makes an answer to a sentence unreliable, a line each; none where it is like those learned from.
    List<String> doubts(TextMeasures text) {
        List<String> doubts = new ArrayList<>();
        if (text.words() == 0) {
            doubts.add("the text holds no word, only marks or numbers; give what was said");
        } else if (text.known() == 0) {
            doubts.add("no word of the text is known to the model; it reads the language that it was trained on");
        } else if (text.meanLogRank() > highestMeanLogRank) {
            doubts.add("the words of the text are rare or unknown to the model (" + text.known() + " of " + text.words()
                    + " are known): is it the language that it was trained on?");
        }
        if (text.words() > LONGER * words.high()) {
            doubts.add("a text of " + text.words() + " words, the longest that the model has learned from has "
                    + Math.round(words.high()) + "; give one utterance at a time");
        }
        return doubts;
    }

    JsonObject toJson() {
        return Json.object().with("words", words.toJson()).with("highestMeanLogRank", highestMeanLogRank);
    }

    /// What [#toJson] wrote.
    static TextDomain fromJson(JsonObject json) {
        return new TextDomain(Range.fromJson(json.object("words")), json.number("highestMeanLogRank"));
    }
}
