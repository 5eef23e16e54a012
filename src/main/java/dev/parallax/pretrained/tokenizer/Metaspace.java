package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The pre-tokenizer of SentencePiece: blanks become a visible character, usually `▁`, and each word
/// begins with it.
///
/// @param replacement the character for a blank, one code point
/// @param prepend     to which texts it is added in front, where they do not begin with it
/// @param cut         cuts words, or nothing
record Metaspace(String replacement, Prepend prepend, PreTokenizer cut) implements PreTokenizer {

    /// Which parts of a text get a blank in front.
    enum Prepend {
        /// All: those after a special token too, and each word that another pre-tokenizer has cut.
        ALWAYS,
        /// The one that begins where the original text begins.
        FIRST,
        /// None.
        NEVER;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    /// Reads today's field `prepend_scheme`, or `add_prefix_space` of older files.
    static Metaspace read(JsonObject json) {
        json.allowOnly(List.of("type", "replacement", "str_rep", "add_prefix_space", "prepend_scheme", "split"));
        String replacement = json.text("replacement");
        if (replacement.codePointCount(0, replacement.length()) != 1) {
            throw new BadInputException(
                    json.where("replacement") + ": expected one character, found \"" + replacement + "\"");
        }
        Split beforeEach =
                new Split(Pattern.compile(Pattern.quote(replacement)), false, Split.Behavior.MERGED_WITH_NEXT);
        return new Metaspace(
                replacement, readPrepend(json), JsonFields.flag(json, "split", true) ? beforeEach : PreTokenizer.NONE);
    }

    private static Prepend readPrepend(JsonObject json) {
        boolean addPrefixSpace = JsonFields.flag(json, "add_prefix_space", true);
        if (!json.has("prepend_scheme")) {
            return addPrefixSpace ? Prepend.ALWAYS : Prepend.NEVER;
        }
        String wanted = json.text("prepend_scheme");
        Prepend prepend = Arrays.stream(Prepend.values())
                .filter(each -> each.word.equals(wanted))
                .findFirst()
                .orElseThrow(() -> JsonFields.unsupported(
                        json,
                        "prepend_scheme",
                        wanted,
                        Arrays.stream(Prepend.values()).map(each -> each.word).toList()));
        if (!addPrefixSpace && prepend != Prepend.NEVER) {
            throw new BadInputException(json.where() + ": add_prefix_space false contradicts prepend_scheme \"" + wanted
                    + "\"; remove one of them");
        }
        return prepend;
    }

    @Override
    public List<AlignedText> words(AlignedText text) {
        AlignedText replaced = text.replaceEach(c -> c == ' ' ? replacement : null);
        boolean isAdded = switch (prepend) {
            case ALWAYS -> true;
            case FIRST -> text.start(0) == 0;
            case NEVER -> false;
        };
        if (isAdded && !replaced.text().startsWith(replacement)) {
            replaced = replaced.prepend(replacement);
        }
        return cut.words(replaced);
    }
}
