package dev.parallax.corpus.split;

import dev.parallax.io.Choice;
import java.util.List;

/// The parts of a split, which manifests and options call `train`, `val` and `test`: the training part is learned from,
/// the validation part chooses (the epoch, the temperature), the test part is scored once, at the end.
public enum Part implements Choice {
    TRAIN,
    VAL,
    TEST;

    /// All words, in order.
    public static final List<String> WORDS = Choice.words(Part.class);

    /// @param where what the message starts with, such as `train.csv line 17`
    /// @throws dev.parallax.BadInputException when it is none of the three words
    public static Part parse(String word, String where) {
        return Choice.of(word, Part.class, where + ": split");
    }
}
