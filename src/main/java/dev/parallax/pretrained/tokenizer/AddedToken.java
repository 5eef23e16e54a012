package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import java.util.List;

/// A token that is found in a text as a whole.
///
/// @param content    how it is written
/// @param singleWord whether it counts only between characters that are no part of words
/// @param lstrip     whether white space before it belongs to it
/// @param rstrip     whether white space after it belongs to it
/// @param normalized whether it is looked for after normalization
/// @param special    whether it goes before others that are written alike
record AddedToken(
        int id,
        String content,
        boolean singleWord,
        boolean lstrip,
        boolean rstrip,
        boolean normalized,
        boolean special) {

    /// Reads an item of `added_tokens` of a `tokenizer.json`.
    static AddedToken read(JsonObject json) {
        json.allowOnly(List.of("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"));
        return read(json, json.integer("id"));
    }

    /// Reads a token of `added_tokens_decoder` of a `tokenizer_config.json`.
    static AddedToken read(JsonObject json, int id) {
        String content = json.text("content");
        if (content.isEmpty()) {
            throw new BadInputException(json.where("content") + ": is empty; remove the token");
        }
        boolean special = JsonFields.flag(json, "special", false);
        return new AddedToken(
                id,
                content,
                JsonFields.flag(json, "single_word", false),
                JsonFields.flag(json, "lstrip", false),
                JsonFields.flag(json, "rstrip", false),
                JsonFields.flag(json, "normalized", !special),
                special);
    }
}
