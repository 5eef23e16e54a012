package dev.parallax.pretrained.tokenizer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text, or two, as a pretrained encoder reads it.
///
/// @param tokens the tokens, special ones included, in the encoder's order
/// @param total  how many they would be without a maximum length
public record Encoding(List<Token> tokens, int total) {

    /// A token and the characters that it stands for.
    ///
    /// @param id    its row in the encoder's embedding
    /// @param type  which of the two token types it has, 0 or 1
    /// @param text  the text that it is from: 0, 1 for the second of a pair, or [#NO_TEXT] for a special
    ///     token that was added
    /// @param start its first character in that text (UTF-16 unit), 0 for an added one
    /// @param end   the end of its characters, exclusive, 0 for an added one. Neighbours may share a
    ///     character: what a byte-level model cuts, or what normalization writes as several
    public record Token(int id, int type, int text, int start, int end) {

        /// The `text` of tokens that were added.
        public static final int NO_TEXT = -1;

        /// Whether it was added, such as `[CLS]`. One that is written in the text was not.
        public boolean isAdded() {
            return text == NO_TEXT;
        }
    }

    public Encoding {
        tokens = List.copyOf(tokens);
    }

    /// The ids of all tokens.
    public int[] ids() {
        return tokens.stream().mapToInt(Token::id).toArray();
    }

    /// The types of all tokens.
    public int[] types() {
        return tokens.stream().mapToInt(Token::type).toArray();
    }

    /// Whether the maximum length left tokens out.
    public boolean isCut() {
        return tokens.size() < total;
    }

    /// One line on what is not read of the text, or null where all of it is.
    public @Nullable String cut() {
        return isCut()
                ? "the text has " + total + " tokens, the encoder reads " + tokens.size() + ": the rest is left out"
                : null;
    }
}
