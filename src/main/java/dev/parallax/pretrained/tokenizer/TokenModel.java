package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a word into tokens of a vocabulary.
sealed interface TokenModel permits WordPiece, BytePairEncoding, Unigram {

    /// One token of a word: its id, and the characters of the word that it stands for, from one to
    /// another, exclusive.
    record Piece(int id, int from, int to) {}

    /// The tokens of a word that is not empty, in their order.
    List<Piece> tokenize(String word);

    /// The vocabulary.
    TokenIds ids();

    /// The id of what has no token, or null where nothing is unknown.
    @Nullable
    Integer unknown();

    /// Reads the field `model` of a `tokenizer.json`. Files of 2020 do not name its type, which their
    /// fields show.
    ///
    /// @throws BadInputException if it is of a type or has a field that is not supported, or does not fit
    ///     together
    static TokenModel read(JsonObject json) {
        String type = JsonFields.text(json, "type", impliedType(json));
        return switch (type) {
            case "WordPiece" -> WordPiece.read(json);
            case "BPE" -> BytePairEncoding.read(json);
            case "Unigram" -> Unigram.read(json);
            default -> throw JsonFields.unsupported(json, "type", type, List.of("WordPiece", "BPE", "Unigram"));
        };
    }

    private static String impliedType(JsonObject json) {
        if (json.has("merges")) {
            return "BPE";
        }
        if (json.get("vocab") instanceof JsonArray) {
            return "Unigram";
        }
        return json.has("max_input_chars_per_word") ? "WordPiece" : "WordLevel";
    }
}
