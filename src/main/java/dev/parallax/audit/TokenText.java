package dev.parallax.audit;

import java.util.List;

/// A token of a text as a model reads it.
///
/// @param token   as the model's tokenizer has cut it, or the pretrained encoder's, which also adds some
/// @param rows    of the embedding, whose mean is its vector
/// @param isKnown whether the word itself has a row; else its pieces stand for it, or the row of unknown words
public record TokenText(String token, List<Integer> rows, boolean isKnown) {

    public TokenText {
        rows = List.copyOf(rows);
    }
}
