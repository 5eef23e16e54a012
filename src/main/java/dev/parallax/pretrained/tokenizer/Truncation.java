package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.Count;
import dev.parallax.io.JsonObject;
import java.util.List;

/// How much of a text is kept when it has too many tokens.
///
/// @param maxLength the most tokens, special ones included, at least 1
/// @param strategy  which text of a pair is cut
/// @param fromLeft  whether the first tokens go, not the last
record Truncation(int maxLength, Strategy strategy, boolean fromLeft) {

    /// Keeps all.
    static final Truncation NONE = new Truncation(Integer.MAX_VALUE, Strategy.LONGEST_FIRST, false);

    /// Which text of a pair is cut.
    enum Strategy {
        /// The longer one down to the other; then both, equally.
        LONGEST_FIRST,
        /// Only the first.
        ONLY_FIRST,
        /// Only the second.
        ONLY_SECOND
    }

    /// How many tokens of each text are kept.
    record Kept(int first, int second) {}

    Truncation {
        if (maxLength < 1) {
            throw new BadInputException(
                    "a maximum length of " + Count.of(maxLength, "token") + ", expected at least 1");
        }
    }

    static Truncation read(JsonObject json) {
        // stride says how windows of a long text overlap; only the first is read
        json.allowOnly(List.of("direction", "max_length", "strategy", "stride"));
        int maxLength = json.integer("max_length");
        if (maxLength < 1) {
            throw new BadInputException(json.where("max_length") + ": " + maxLength + ", expected at least 1");
        }
        String strategy = json.text("strategy");
        String direction = JsonFields.text(json, "direction", "Right");
        return new Truncation(
                maxLength,
                switch (strategy) {
                    case "LongestFirst" -> Strategy.LONGEST_FIRST;
                    case "OnlyFirst" -> Strategy.ONLY_FIRST;
                    case "OnlySecond" -> Strategy.ONLY_SECOND;
                    default ->
                        throw JsonFields.unsupported(
                                json, "strategy", strategy, List.of("LongestFirst", "OnlyFirst", "OnlySecond"));
                },
                switch (direction) {
                    case "Right" -> false;
                    case "Left" -> true;
                    default -> throw JsonFields.unsupported(json, "direction", direction, List.of("Right", "Left"));
                });
    }

    /// How many tokens are kept of texts that have so many.
    ///
    /// @param added how many special tokens are added
    /// @throws BadInputException if these leave no room, or the text that may be cut is too short
    Kept kept(int first, int second, boolean isPair, int added) {
        int room = maxLength - added;
        if (room < 0) {
            throw new BadInputException("a maximum length of " + Count.of(maxLength, "token") + " leaves no room for "
                    + Count.of(added, "special token"));
        }
        int excess = first + second - room;
        if (excess <= 0) {
            return new Kept(first, second);
        }
        return switch (strategy) {
            case LONGEST_FIRST -> isPair ? longestFirst(first, second, room) : new Kept(room, 0);
            case ONLY_FIRST -> new Kept(reduced(first, excess, "first"), second);
            case ONLY_SECOND -> new Kept(first, reduced(second, excess, "second"));
        };
    }

    /// An odd place that remains goes to the longer text.
    private static Kept longestFirst(int first, int second, int room) {
        int shorter = Math.min(first, second);
        int longer = Math.max(shorter, room - shorter);
        if (shorter + longer > room) {
            shorter = room / 2;
            longer = room - shorter;
        }
        return first > second ? new Kept(longer, shorter) : new Kept(shorter, longer);
    }

    private int reduced(int length, int excess, String which) {
        if (length <= excess) {
            throw new BadInputException("the " + which + " text has " + Count.of(length, "token")
                    + "; cutting it alone does not lead to " + Count.of(maxLength, "token"));
        }
        return length - excess;
    }
}
