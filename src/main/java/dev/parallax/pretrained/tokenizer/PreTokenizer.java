package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Cuts a text into words, of which a model makes tokens one by one. No word is empty.
///
/// Source: `pre_tokenizers` of https://github.com/huggingface/tokenizers; a component has the name that
/// it has there.
sealed interface PreTokenizer permits PreTokenizer.Chain, Split, ByteLevel, Metaspace {

    /// Cuts nothing.
    PreTokenizer NONE = new Chain(List.of());

    /// Cuts at white space, and makes a word of each punctuation character: ASCII symbols, category P.
    PreTokenizer BERT =
            new Chain(List.of(Split.WHITE_SPACE, new Split(Split.PUNCTUATION, false, Split.Behavior.ISOLATED)));

    /// The words of a text that is not empty.
    List<AlignedText> words(AlignedText text);

    /// Reads the field `pre_tokenizer` of a `tokenizer.json`.
    ///
    /// @throws BadInputException if it is of a type or has a field that is not supported
    static PreTokenizer read(JsonObject json) {
        return switch (json.text("type")) {
            case "Sequence" -> Chain.read(json);
            case "BertPreTokenizer" -> {
                json.allowOnly(List.of("type"));
                yield BERT;
            }
            case "Whitespace" -> {
                json.allowOnly(List.of("type"));
                yield new Split(Split.WORDS_OR_SYMBOLS, true, Split.Behavior.REMOVED);
            }
            case "WhitespaceSplit" -> {
                json.allowOnly(List.of("type"));
                yield Split.WHITE_SPACE;
            }
            case "Punctuation" -> {
                json.allowOnly(List.of("type", "behavior"));
                yield new Split(
                        Split.PUNCTUATION,
                        false,
                        json.has("behavior") ? Split.Behavior.read(json) : Split.Behavior.ISOLATED);
            }
            case "Digits" -> {
                json.allowOnly(List.of("type", "individual_digits"));
                boolean individual = JsonFields.flag(json, "individual_digits", false);
                yield new Split(Split.NUMBERS, false, individual ? Split.Behavior.ISOLATED : Split.Behavior.CONTIGUOUS);
            }
            case "Split" -> Split.read(json);
            case "ByteLevel" -> ByteLevel.read(json);
            case "Metaspace" -> Metaspace.read(json);
            default ->
                throw JsonFields.unsupported(
                        json,
                        "type",
                        json.text("type"),
                        List.of(
                                "Sequence",
                                "BertPreTokenizer",
                                "Whitespace",
                                "WhitespaceSplit",
                                "Punctuation",
                                "Digits",
                                "Split",
                                "ByteLevel",
                                "Metaspace"));
        };
    }

    /// Several, each cutting the words of the one before.
    record Chain(List<PreTokenizer> parts) implements PreTokenizer {

        static Chain read(JsonObject json) {
            json.allowOnly(List.of("type", "pretokenizers"));
            return new Chain(json.array("pretokenizers").objects().stream()
                    .map(PreTokenizer::read)
                    .toList());
        }

        @Override
        public List<AlignedText> words(AlignedText text) {
            List<AlignedText> words = List.of(text);
            for (PreTokenizer part : parts) {
                List<AlignedText> parted = new ArrayList<>();
                words.forEach(word -> parted.addAll(part.words(word)));
                words = parted;
            }
            return words;
        }
    }
}
