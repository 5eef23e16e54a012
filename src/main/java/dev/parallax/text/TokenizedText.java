package dev.parallax.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tokens of a text as far as it is read, and how much of it that is. Reading any text takes bounded time and
/// memory: at most [#MOST_TOKENS] tokens, none longer than [#LONGEST_TOKEN], all together not longer than
/// [#MOST_CHARACTERS].
///
/// Half an hour of speech has some 4000 words; an utterance has ten. The time of attention grows with the square of
/// the number of tokens; the n-grams ([Subwords]) grow with the number of characters.
///
/// @param tokens     those that are read, in their order
/// @param total      how many the whole text has
/// @param isAtLeast  whether there may be more than `total`: parts without a blank are counted up to a limit
/// @param longTokens how many are read without their end
public record TokenizedText(List<String> tokens, int total, boolean isAtLeast, int longTokens) {

    /// The most tokens of a text that are read.
    public static final int MOST_TOKENS = 2048;

    /// The longest token [characters]; of a longer one the beginning is read.
    public static final int LONGEST_TOKEN = 1024;

    /// The most characters that the tokens of a text have together.
    public static final int MOST_CHARACTERS = 1 << 15;

    public TokenizedText {
        tokens = List.copyOf(tokens);
    }

    /// Whether any token is a word, a number or an emoji, not only a mark.
    public boolean holdsWord() {
        return tokens.stream()
                .anyMatch(token -> GraphemeCluster.kind(token.codePointAt(0)) != GraphemeCluster.Kind.MARK);
    }

    /// One line on what is not read of the text, or null where all of it is.
    public @Nullable String cut() {
        if (total > tokens.size()) {
            return "the text has " + (isAtLeast ? "at least " : "") + total + " tokens; the first " + tokens.size()
                    + " are read";
        }
        return longTokens == 0
                ? null
                : "a word of the text is longer than " + LONGEST_TOKEN + " characters; its beginning is read";
    }

    /// Gathers tokens up to the limits, and counts the others.
    static final class Builder {

        private final List<String> tokens = new ArrayList<>();
        private int characters;
        private int total;
        private int longTokens;
        private boolean isFull;
        private boolean isAtLeast;

        /// Adds a token of at most [#LONGEST_TOKEN] characters.
        void add(String token) {
            total++;
            isFull |= tokens.size() == MOST_TOKENS || characters + token.length() > MOST_CHARACTERS;
            if (!isFull) {
                tokens.add(token);
                characters += token.length();
            }
        }

        /// Counts the last token as cut.
        void countLong() {
            longTokens++;
        }

        /// Notes that something was skipped without being counted.
        void countNoMore() {
            isAtLeast = true;
        }

        TokenizedText build() {
            return new TokenizedText(tokens, total, isAtLeast, longTokens);
        }
    }
}
