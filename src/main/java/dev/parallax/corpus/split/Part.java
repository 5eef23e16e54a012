package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.io.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The parts of a split: the training part is learned from, the validation part chooses (the epoch, the
/// temperature), the test part is scored once, at the end.
public enum Part {
    TRAIN,
    VAL,
    TEST;

    /// All words, in order.
    public static final List<String> WORDS =
            Arrays.stream(values()).map(Part::word).toList();

    /// `train`, `val` or `test`, as manifests and options write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @param where what the message starts with, such as `train.csv line 17`
    /// @throws BadInputException when it is none of the three words
    public static Part parse(String word, String where) {
        for (Part part : values()) {
            if (part.word().equals(word)) {
                return part;
            }
        }
        throw new BadInputException(
                where + ": split \"" + word + "\" is not one of " + WORDS + Nearest.hint(word, WORDS));
    }
}
