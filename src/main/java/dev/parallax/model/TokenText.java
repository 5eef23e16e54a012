package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.List;

/// A token of a text as a model reads it.
///
/// @param token   as the model's tokenizer has cut it, or the pretrained encoder's, which also adds some: [#ADDED]
/// @param rows    of the embedding, whose mean is its vector: the word's, where it is known, and those of its n-grams;
///                row 0 stands for what is not known. Of a pretrained encoder, the one id in that encoder's vocabulary
/// @param isKnown whether the vocabulary has it; else its pieces stand for it, or the row of what is unknown
public record TokenText(String token, List<Integer> rows, boolean isKnown) {

    /// A token that stands for no character of the text.
    public static final String ADDED = "(added)";

    public TokenText {
        rows = List.copyOf(rows);
    }

    /// `{token, ids, known}`.
    public JsonObject toJson() {
        return Json.object().with("token", token).with("ids", Json.of(rows)).with("known", isKnown);
    }
}
