package dev.parallax.pretrained.tokenizer;

import dev.parallax.io.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The pre-tokenizer of GPT-2 and RoBERTa: cuts words, each with the blank before it, and writes each
/// byte of their UTF-8 as one of 256 visible characters. So no text has an unknown character.
///
/// Source: Radford et al., `encoder.py` of https://github.com/openai/gpt-2.
///
/// @param addPrefixSpace whether a blank is put in front of a text that begins without one
/// @param cut            cuts words, or nothing
record ByteLevel(boolean addPrefixSpace, PreTokenizer cut) implements PreTokenizer {

    static final Split WORDS = new Split(
            Pattern.compile(
                    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                    Pattern.UNICODE_CHARACTER_CLASS),
            false,
            Split.Behavior.ISOLATED);

    /// The character for each byte. Visible characters of Latin-1 stand for themselves; the 68 other
    /// bytes follow from U+0100 on in their order: a blank is `Ġ`, a line feed `Ċ`.
    private static final char[] CHARACTERS = characters();

    private static char[] characters() {
        char[] characters = new char[256];
        char other = 256;
        for (char b = 0; b < characters.length; b++) {
            boolean isVisible = (b >= '!' && b <= '~') || (b >= '\u00A1' && b <= '\u00AC') || b >= '\u00AE';
            characters[b] = isVisible ? b : other++;
        }
        return characters;
    }

    static ByteLevel read(JsonObject json) {
        json.allowOnly(
                List.of("type", "add_prefix_space", "trim_offsets", "use_regex")); // trim_offsets means nothing here
        return new ByteLevel(
                JsonFields.flag(json, "add_prefix_space", true),
                JsonFields.flag(json, "use_regex", true) ? WORDS : PreTokenizer.NONE);
    }

    @Override
    public List<AlignedText> words(AlignedText text) {
        AlignedText prefixed = addPrefixSpace && !text.text().startsWith(" ") ? text.prepend(" ") : text;
        List<AlignedText> words = new ArrayList<>();
        cut.words(prefixed).forEach(word -> words.add(word.replaceEach(ByteLevel::bytes)));
        return words;
    }

    private static String bytes(int codePoint) {
        byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(utf8.length);
        for (byte each : utf8) {
            out.append(CHARACTERS[each & 0xFF]);
        }
        return out.toString();
    }
}
