package dev.parallax.pretrained.tokenizer;

import dev.parallax.io.JsonObject;
import java.text.Normalizer.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The normalizer of BERT: removes control characters, puts blanks around ideographs, removes accents,
/// lower case.
///
/// Source: Devlin et al., class BasicTokenizer in `tokenization.py` of
/// https://github.com/google-research/bert.
///
/// @param cleanText          whether control characters are dropped and white space becomes blanks
/// @param spaceIdeographs    whether each Chinese, Japanese or Korean ideograph becomes a word by itself
/// @param stripAccents       whether characters are decomposed (NFD) and their non-spacing marks dropped
/// @param lowercase          whether letters become lower case
record BertNormalizer(boolean cleanText, boolean spaceIdeographs, boolean stripAccents, boolean lowercase)
        implements Normalizer {

    private static final UnicodeNormalizer DECOMPOSITION = new UnicodeNormalizer(Form.NFD);

    static BertNormalizer read(JsonObject json) {
        json.allowOnly(List.of("type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase"));
        boolean lowercase = JsonFields.flag(json, "lowercase", true);
        return new BertNormalizer(
                JsonFields.flag(json, "clean_text", true),
                JsonFields.flag(json, "handle_chinese_chars", true),
                JsonFields.flag(json, "strip_accents", lowercase),
                lowercase);
    }

    @Override
    public AlignedText normalize(AlignedText text) {
        AlignedText result = text;
        if (cleanText) {
            result = result.replaceEach(BertNormalizer::cleaned);
        }
        if (spaceIdeographs) {
            result = result.replaceEach(c -> isIdeograph(c) ? " " + Character.toString(c) + " " : null);
        }
        if (stripAccents) {
            result = DECOMPOSITION
                    .normalize(result)
                    .replaceEach(c -> Character.getType(c) == Character.NON_SPACING_MARK ? "" : null);
        }
        return lowercase ? result.replaceEach(UnicodeClass::lowerCase) : result;
    }

    /// Of the control characters, only three are white space: a form feed is dropped.
    private static @Nullable String cleaned(int c) {
        if (c == '\t' || c == '\n' || c == '\r') {
            return " ";
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE -> "";
            default -> c == 0xFFFD ? "" : UnicodeClass.isWhiteSpace(c) ? " " : null;
        };
    }

    private static boolean isIdeograph(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B73F)
                || (c >= 0x2B740 && c <= 0x2B81F)
                || (c >= 0x2B920 && c <= 0x2CEAF) // the block begins at 2B820, the published tokenizers here
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }
}
