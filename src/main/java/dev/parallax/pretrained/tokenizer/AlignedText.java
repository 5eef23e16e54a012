package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A text on its way through a tokenizer, and where in the original text each of its characters comes
/// from. Character i (a UTF-16 unit, as everywhere in Java) comes from the characters `start(i)` to
/// `end(i)`, exclusive, of the original; neither ever decreases with i. Not modifiable.
final class AlignedText {

    /// The longest text [characters], also after normalisation, which can lengthen it.
    static final int LONGEST = 1 << 24;

    private static final String REPLACEMENT = "\uFFFD";

    private final String text;
    private final int[] starts;
    private final int[] ends;

    private AlignedText(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    /// A text before any change. Halves of surrogate pairs, which no encoding of Unicode can write,
    /// become U+FFFD.
    ///
    /// @throws BadInputException if it is longer than [#LONGEST]
    static AlignedText of(String original) {
        requireShort(original.length());
        int[] starts = new int[original.length()];
        int[] ends = new int[original.length()];
        for (int i = 0, next; i < starts.length; i = next) {
            next = i + Character.charCount(original.codePointAt(i));
            Arrays.fill(starts, i, next, i);
            Arrays.fill(ends, i, next, next);
        }
        return new AlignedText(original, starts, ends)
                .replaceEach(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : null);
    }

    private static void requireShort(long length) {
        if (length > LONGEST) {
            throw new BadInputException("a text to tokenize has " + length + " characters, at most " + LONGEST
                    + " are read; give it in parts");
        }
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /// The first character of the original that character i comes from.
    int start(int i) {
        return starts[i];
    }

    /// The end, exclusive, of the characters of the original that character i comes from.
    int end(int i) {
        return ends[i];
    }

    /// The part from one character to another, exclusive.
    AlignedText slice(int from, int to) {
        return from == 0 && to == text.length()
                ? this
                : new AlignedText(
                        text.substring(from, to),
                        Arrays.copyOfRange(starts, from, to),
                        Arrays.copyOfRange(ends, from, to));
    }

    /// The text with some code points replaced.
    ///
    /// @param replacement what a code point becomes, null for itself, an empty string for nothing
    AlignedText replaceEach(IntFunction<@Nullable String> replacement) {
        Builder out = new Builder(this);
        for (int i = 0, next; i < text.length(); i = next) {
            int codePoint = text.codePointAt(i);
            next = i + Character.charCount(codePoint);
            String other = replacement.apply(codePoint);
            if (other == null) {
                out.keep(i, next);
            } else {
                out.append(other, i, next);
            }
        }
        return out.build();
    }

    /// The text with something in front that counts as coming from its first code point; an empty text
    /// stays empty.
    AlignedText prepend(String prefix) {
        if (isEmpty()) {
            return this;
        }
        Builder out = new Builder(this);
        out.append(prefix, 0, text.offsetByCodePoints(0, 1));
        out.keep(0, text.length());
        return out.build();
    }

    /// Builds a text from parts of another, in their order.
    static final class Builder {

        private final AlignedText source;
        private final StringBuilder text;
        private int[] starts;
        private int[] ends;

        Builder(AlignedText source) {
            this.source = source;
            this.text = new StringBuilder(source.length());
            this.starts = new int[source.length()];
            this.ends = new int[source.length()];
        }

        /// Adds the source's characters from one to another as they are.
        void keep(int from, int to) {
            int at = text.length();
            text.append(source.text, from, to);
            reserve();
            System.arraycopy(source.starts, from, starts, at, to - from);
            System.arraycopy(source.ends, from, ends, at, to - from);
        }

        /// Adds characters that stand for at least one character of the source, from one to another.
        void append(CharSequence replacement, int from, int to) {
            int at = text.length();
            text.append(replacement);
            reserve();
            Arrays.fill(starts, at, text.length(), source.starts[from]);
            Arrays.fill(ends, at, text.length(), source.ends[to - 1]);
        }

        private void reserve() {
            requireShort(text.length());
            if (text.length() > starts.length) {
                int capacity = text.length() + text.length() / 2 + 8;
                starts = Arrays.copyOf(starts, capacity);
                ends = Arrays.copyOf(ends, capacity);
            }
        }

        AlignedText build() {
            return new AlignedText(
                    text.toString(), Arrays.copyOf(starts, text.length()), Arrays.copyOf(ends, text.length()));
        }
    }
}
