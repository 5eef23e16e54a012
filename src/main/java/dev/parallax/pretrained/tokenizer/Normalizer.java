package dev.parallax.pretrained.tokenizer;

import dev.parallax.io.JsonObject;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Changes the characters of a text before it is cut: lower case, accents, spellings that look alike.
///
/// Source: `normalizers` of https://github.com/huggingface/tokenizers; a component has the name that it
/// has there.
sealed interface Normalizer
        permits Normalizer.Chain,
                Normalizer.Lowercase,
                Normalizer.StripAccents,
                Normalizer.Strip,
                Normalizer.Replace,
                Normalizer.Prepend,
                Normalizer.Nmt,
                UnicodeNormalizer,
                BertNormalizer,
                PrecompiledCharsMap {

    /// Changes nothing.
    Normalizer NONE = new Chain(List.of());

    /// The text after the change; it may be empty.
    AlignedText normalize(AlignedText text);

    /// Reads the field `normalizer` of a `tokenizer.json`.
    ///
    /// @throws dev.parallax.BadInputException if it is of a type or has a field that is not supported
    static Normalizer read(JsonObject json) {
        return switch (json.text("type")) {
            case "Sequence" -> Chain.read(json);
            case "BertNormalizer" -> BertNormalizer.read(json);
            case "NFC", "NFD", "NFKC", "NFKD" -> {
                json.allowOnly(List.of("type"));
                yield new UnicodeNormalizer(Form.valueOf(json.text("type")));
            }
            case "Lowercase" -> {
                json.allowOnly(List.of("type"));
                yield new Lowercase();
            }
            case "StripAccents" -> {
                json.allowOnly(List.of("type"));
                yield new StripAccents();
            }
            case "Strip" -> Strip.read(json);
            case "Replace" -> Replace.read(json);
            case "Prepend" -> {
                json.allowOnly(List.of("type", "prepend"));
                yield new Prepend(json.text("prepend"));
            }
            case "Precompiled" -> PrecompiledCharsMap.read(json);
            case "Nmt" -> {
                json.allowOnly(List.of("type"));
                yield new Nmt();
            }
            default ->
                throw JsonFields.unsupported(
                        json,
                        "type",
                        json.text("type"),
                        List.of(
                                "Sequence",
                                "BertNormalizer",
                                "NFC",
                                "NFD",
                                "NFKC",
                                "NFKD",
                                "Lowercase",
                                "StripAccents",
                                "Strip",
                                "Replace",
                                "Prepend",
                                "Precompiled",
                                "Nmt"));
        };
    }

    /// Several, one after the other.
    record Chain(List<Normalizer> parts) implements Normalizer {

        static Chain read(JsonObject json) {
            json.allowOnly(List.of("type", "normalizers"));
            return new Chain(json.array("normalizers").objects().stream()
                    .map(Normalizer::read)
                    .toList());
        }

        @Override
        public AlignedText normalize(AlignedText text) {
            AlignedText result = text;
            for (Normalizer part : parts) {
                result = part.normalize(result);
            }
            return result;
        }
    }

    /// Each code point in lower case, without regard to its neighbours.
    record Lowercase() implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return text.replaceEach(UnicodeClass::lowerCase);
        }
    }

    /// Drops all marks; it usually follows NFD or NFKD, which make marks of accents.
    record StripAccents() implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return text.replaceEach(c -> UnicodeClass.isMark(c) ? "" : null);
        }
    }

    /// Drops white space at the ends.
    record Strip(boolean left, boolean right) implements Normalizer {

        static Strip read(JsonObject json) {
            json.allowOnly(List.of("type", "strip_left", "strip_right"));
            return new Strip(json.flag("strip_left"), json.flag("strip_right"));
        }

        @Override
        public AlignedText normalize(AlignedText text) {
            String all = text.text();
            int from = 0;
            int to = all.length();
            while (left && from < to && UnicodeClass.isWhiteSpace(all.charAt(from))) {
                from++;
            }
            while (right && from < to && UnicodeClass.isWhiteSpace(all.charAt(to - 1))) {
                to--;
            }
            return text.slice(from, to);
        }
    }

    /// Replaces every match of a pattern by the same characters.
    record Replace(Pattern pattern, String content) implements Normalizer {

        static Replace read(JsonObject json) {
            json.allowOnly(List.of("type", "pattern", "content"));
            return new Replace(TokenizerRegex.read(json.object("pattern")), json.text("content"));
        }

        @Override
        public AlignedText normalize(AlignedText text) {
            AlignedText.Builder out = new AlignedText.Builder(text);
            int done = 0;
            Matcher match = pattern.matcher(text.text());
            while (match.find()) {
                out.keep(done, match.start());
                if (match.end() > match.start()) { // a look ahead matches nothing
                    out.append(content, match.start(), match.end());
                }
                done = match.end();
            }
            out.keep(done, text.length());
            return out.build();
        }
    }

    /// Puts something in front of a text that is not empty.
    record Prepend(String prefix) implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return text.prepend(prefix);
        }
    }

    /// The rules `nmt` of SentencePiece: drops control characters; other white space, characters without
    /// width and `▁` become blanks.
    record Nmt() implements Normalizer {

        @Override
        public AlignedText normalize(AlignedText text) {
            return text.replaceEach(Nmt::replacement);
        }

        private static @Nullable String replacement(int c) {
            return switch (c) {
                case '\t', '\n', '\f', '\r', 0x1680, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD -> " ";
                case 0x200B, 0x200C, 0x200D, 0x200E, 0x200F -> " ";
                case 0x0B, 0x7F, 0x8F, 0x9F -> "";
                default -> (c >= 1 && c <= 8) || (c >= 0x0E && c <= 0x1F) ? "" : null;
            };
        }
    }
}
