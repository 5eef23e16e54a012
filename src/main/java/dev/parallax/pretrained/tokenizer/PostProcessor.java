package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Puts special tokens around texts. All known ways to do so are two templates, one for a text and one
/// for a pair.
///
/// Source: `processors` of https://github.com/huggingface/tokenizers.
///
/// @param single      the template for one text
/// @param pair        the template for two
/// @param trimOffsets whether the characters of a token do not include the blanks around it
record PostProcessor(List<Part> single, List<Part> pair, boolean trimOffsets) {

    /// A part of a template. Its tokens have a type.
    sealed interface Part {
        /// The tokens of the first text (0) or the second (1).
        record Text(int text, int type) implements Part {}

        /// A special token.
        record Special(int id, int type) implements Part {}
    }

    private static final Part.Text FIRST = new Part.Text(0, 0);

    /// Adds nothing.
    static final PostProcessor NONE = new PostProcessor(List.of(FIRST), List.of(FIRST, new Part.Text(1, 1)), false);

    /// That of BERT: `[CLS] A [SEP]`, or `[CLS] A [SEP] B [SEP]` where what follows the first `[SEP]` has
    /// type 1.
    static PostProcessor bert(int cls, int sep) {
        Part begin = new Part.Special(cls, 0);
        Part end = new Part.Special(sep, 0);
        return new PostProcessor(
                List.of(begin, FIRST, end),
                List.of(begin, FIRST, end, new Part.Text(1, 1), new Part.Special(sep, 1)),
                false);
    }

    /// That of RoBERTa: `<s> A </s>`, or `<s> A </s> </s> B </s>`, all of type 0.
    static PostProcessor roberta(int cls, int sep, boolean trimOffsets) {
        Part begin = new Part.Special(cls, 0);
        Part end = new Part.Special(sep, 0);
        return new PostProcessor(
                List.of(begin, FIRST, end), List.of(begin, FIRST, end, end, new Part.Text(1, 0), end), trimOffsets);
    }

    /// Reads the field `post_processor` of a `tokenizer.json`.
    ///
    /// @throws BadInputException if it is of a type or has a field that is not supported, or names a
    ///     token that the vocabulary does not have
    static PostProcessor read(JsonObject json, TokenIds ids) {
        String type = json.text("type");
        return switch (type) {
            case "TemplateProcessing" -> template(json, ids);
            case "BertProcessing" -> {
                json.allowOnly(List.of("type", "sep", "cls"));
                yield bert(named(json.array("cls"), ids), named(json.array("sep"), ids));
            }
            case "RobertaProcessing" -> {
                // blanks that add_prefix_space added stand for no character here, so trimming needs not know it
                json.allowOnly(List.of("type", "sep", "cls", "trim_offsets", "add_prefix_space"));
                yield roberta(
                        named(json.array("cls"), ids),
                        named(json.array("sep"), ids),
                        JsonFields.flag(json, "trim_offsets", true));
            }
            case "ByteLevel" -> {
                json.allowOnly(List.of("type", "add_prefix_space", "trim_offsets", "use_regex"));
                yield new PostProcessor(NONE.single, NONE.pair, JsonFields.flag(json, "trim_offsets", true));
            }
            case "Sequence" -> sequence(json, ids);
            default ->
                throw JsonFields.unsupported(
                        json,
                        "type",
                        type,
                        List.of("TemplateProcessing", "BertProcessing", "RobertaProcessing", "ByteLevel", "Sequence"));
        };
    }

    /// Reads `["[CLS]", 101]`.
    private static int named(JsonArray token, TokenIds ids) {
        return known(ids, token.integer(1), token.where() + "[1]");
    }

    private static int known(TokenIds ids, int id, String where) {
        if (!ids.has(id)) {
            throw new BadInputException(where + ": " + id + " is no id of the vocabulary");
        }
        return id;
    }

    private static PostProcessor sequence(JsonObject json, TokenIds ids) {
        json.allowOnly(List.of("type", "processors"));
        PostProcessor all = NONE;
        for (JsonObject part : json.array("processors").objects()) {
            PostProcessor next = read(part, ids);
            boolean isSecond = !all.single.equals(NONE.single) && !next.single.equals(NONE.single);
            if (isSecond) {
                throw new BadInputException(part.where() + ": a second processor that adds tokens is not supported");
            }
            PostProcessor adding = next.single.equals(NONE.single) ? all : next;
            all = new PostProcessor(adding.single, adding.pair, all.trimOffsets || next.trimOffsets);
        }
        return all;
    }

    private static PostProcessor template(JsonObject json, TokenIds ids) {
        json.allowOnly(List.of("type", "single", "pair", "special_tokens"));
        JsonObject special = json.object("special_tokens");
        List<Part> single = parts(json.array("single"), special, ids);
        List<Part> pair = parts(json.array("pair"), special, ids);
        requireTexts(single, 1, json.where("single"));
        requireTexts(pair, pair.isEmpty() ? 0 : 2, json.where("pair"));
        return new PostProcessor(single, pair, false);
    }

    private static void requireTexts(List<Part> parts, int count, String where) {
        List<Integer> texts = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                texts.add(text.text);
            }
        }
        boolean isComplete = count == 1
                ? texts.equals(List.of(0))
                : texts.stream().sorted().toList().equals(List.of(0, 1));
        if (count > 0 && !isComplete) {
            throw new BadInputException(
                    where + ": expected " + (count == 1 ? "the text A once" : "each of A and B once"));
        }
    }

    private static List<Part> parts(JsonArray template, JsonObject special, TokenIds ids) {
        List<Part> parts = new ArrayList<>();
        for (JsonObject part : template.objects()) {
            part.allowOnly(List.of("Sequence", "SpecialToken"));
            if (part.has("Sequence")) {
                JsonObject text = part.object("Sequence");
                String name = text.text("id");
                if (!name.equals("A") && !name.equals("B")) {
                    throw JsonFields.unsupported(text, "id", name, List.of("A", "B"));
                }
                parts.add(new Part.Text(name.equals("A") ? 0 : 1, type(text)));
            } else {
                JsonObject token = part.object("SpecialToken");
                JsonArray tokenIds = special.object(token.text("id")).array("ids");
                for (int id : tokenIds.integers()) {
                    parts.add(new Part.Special(known(ids, id, tokenIds.where()), type(token)));
                }
            }
        }
        return parts;
    }

    private static int type(JsonObject part) {
        int type = part.integer("type_id");
        if (type < 0) {
            throw new BadInputException(part.where("type_id") + ": " + type + ", expected 0 or more");
        }
        return type;
    }

    /// How many tokens a template adds.
    static int added(List<Part> template) {
        return (int) template.stream().filter(Part.Special.class::isInstance).count();
    }
}
