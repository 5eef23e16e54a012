package dev.parallax.io;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One of a fixed set, which settings, files and options name by a word. Enums implement it: `ADAMW` is written
/// `adamw`. An enum that does not is written by its names as they are.
public interface Choice {

    /// The constant's name.
    String name();

    /// What settings, files and options call it.
    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What settings, files and options call any constant.
    static String word(Enum<?> constant) {
        return constant instanceof Choice choice ? choice.word() : constant.name();
    }

    /// The words of all constants, in their order.
    static List<String> words(Class<? extends Enum<?>> choices) {
        return Arrays.stream(choices.getEnumConstants()).map(Choice::word).toList();
    }

    /// The constant with a word; upper and lower case count as equal.
    ///
    /// @param what what the message starts with, such as `train.csv line 17: split`
    /// @throws BadInputException when none has it, with all words and the nearest
    static <E extends Enum<E>> E of(String word, Class<E> choices, String what) {
        for (E constant : choices.getEnumConstants()) {
            if (word(constant).equalsIgnoreCase(word)) {
                return constant;
            }
        }
        List<String> words = words(choices);
        throw new BadInputException(what + " \"" + word + "\" is not one of " + words + Nearest.hint(word, words));
    }
}
