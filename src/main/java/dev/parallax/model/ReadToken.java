package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token of a text, as a model reads it.
///
/// @param text  its characters; empty for one that a pretrained encoder adds, such as the first and the last
/// @param ids   rows of the embedding whose mean is its vector: its word, where it is known, and its n-grams; row 0
///              stands for what is not known. Of a pretrained encoder, the one id in that encoder's vocabulary
/// @param known whether the vocabulary has the word; null with a pretrained encoder, which knows pieces of words
public record ReadToken(
        String text, List<Integer> ids, @Nullable Boolean known) {

    public ReadToken {
        ids = List.copyOf(ids);
    }

    /// `{text, ids, known}`.
    public JsonObject toJson() {
        return Json.object().with("text", text).with("ids", Json.of(ids)).with("known", Json.of(known));
    }
}
