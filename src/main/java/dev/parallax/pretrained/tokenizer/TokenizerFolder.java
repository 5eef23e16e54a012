package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Printable;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.Utf8;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files of a tokenizer in the folder of an encoder, as the library `transformers` writes them.
/// Models from before `tokenizer.json` have a vocabulary and say in `tokenizer_config.json` how they
/// differ from the usual.
final class TokenizerFolder {

    private static final String CONFIG = "tokenizer_config.json";
    private static final String SENTENCE_CONFIG = "sentence_bert_config.json";
    private static final List<String> BERT_CLASSES = classes("Bert", "DistilBert", "Electra");
    private static final List<String> ROBERTA_CLASSES = classes("Roberta");
    private static final List<String> GPT2_CLASSES = classes("GPT2");

    private final Path folder;
    private final JsonObject config;

    TokenizerFolder(Path folder) {
        this.folder = folder;
        this.config = optional(CONFIG);
    }

    private static List<String> classes(String... models) {
        return Stream.of(models)
                .flatMap(model -> Stream.of(model + "Tokenizer", model + "TokenizerFast"))
                .toList();
    }

    private JsonObject optional(String name) {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Json.parseObject(file) : Json.parseObject("{}", file.toString());
    }

    private boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    PretrainedTokenizer read() {
        PretrainedTokenizer tokenizer = readFiles();
        JsonObject sentences = optional(SENTENCE_CONFIG);
        if (JsonFields.flag(sentences, "do_lower_case", false)) {
            tokenizer =
                    tokenizer.with(new Normalizer.Chain(List.of(new Normalizer.Lowercase(), tokenizer.normalizer())));
        }
        int maxLength = tokenizer.maxLength();
        if (sentences.has("max_seq_length")) {
            maxLength = length(sentences, "max_seq_length");
        } else if (config.has("model_max_length")) {
            maxLength = length(config, "model_max_length");
        }
        return tokenizer.with(new Truncation(maxLength, tokenizer.truncation().strategy(), isCutFromLeft(tokenizer)));
    }

    private PretrainedTokenizer readFiles() {
        if (has("tokenizer.json")) {
            return TokenizerJson.read(folder.resolve("tokenizer.json"));
        }
        if (has("added_tokens.json")) {
            throw new BadInputException(folder.resolve("added_tokens.json")
                    + ": is not supported without a tokenizer.json; save the tokenizer with use_fast=True");
        }
        if (has("vocab.txt")) {
            return wordPiece(folder.resolve("vocab.txt"));
        }
        if (has("vocab.json") && has("merges.txt")) {
            return byteLevel(folder.resolve("vocab.json"), folder.resolve("merges.txt"));
        }
        throw new BadInputException(
                folder + ": has no tokenizer that can be read: expected tokenizer.json, or vocab.txt,"
                        + " or vocab.json with merges.txt");
    }

    /// A length that may be written as 1e30 for none.
    private static int length(JsonObject json, String key) {
        double length = json.number(key);
        if (length < 1) {
            throw new BadInputException(json.where(key) + ": " + length + ", expected at least 1");
        }
        return (int) Math.min(length, Integer.MAX_VALUE);
    }

    private boolean isCutFromLeft(PretrainedTokenizer tokenizer) {
        if (!config.has("truncation_side")) {
            return tokenizer.truncation().fromLeft();
        }
        String side = config.text("truncation_side");
        return switch (side) {
            case "left" -> true;
            case "right" -> false;
            default -> throw JsonFields.unsupported(config, "truncation_side", side, List.of("left", "right"));
        };
    }

    /// BERT: one token per line, whose number, from 0, is the id.
    private PretrainedTokenizer wordPiece(Path vocabulary) {
        requireClass(BERT_CLASSES);
        if (!JsonFields.flag(config, "do_basic_tokenize", true)) {
            throw new BadInputException(config.where("do_basic_tokenize") + ": false is not supported");
        }
        String where = vocabulary.toString();
        TokenIds ids = TokenIds.of(lines(vocabulary), where);
        String unknown = special("unk_token", "[UNK]");
        String cls = special("cls_token", "[CLS]");
        String sep = special("sep_token", "[SEP]");
        List<String> special =
                List.of(special("pad_token", "[PAD]"), unknown, cls, sep, special("mask_token", "[MASK]"));
        boolean lowercase = JsonFields.flag(config, "do_lower_case", true);
        return new PretrainedTokenizer(
                addedTokens(ids, special, ""),
                new BertNormalizer(
                        true,
                        JsonFields.flag(config, "tokenize_chinese_chars", true),
                        JsonFields.flag(config, "strip_accents", lowercase),
                        lowercase),
                PreTokenizer.BERT,
                new WordPiece(ids, ids.require(unknown, where), WordPiece.PREFIX, WordPiece.LONGEST_WORD),
                PostProcessor.bert(ids.require(cls, where), ids.require(sep, where)),
                Truncation.NONE);
    }

    /// RoBERTa: `{"token": id}`, and one merge per line. GPT-2 has the same files and adds no tokens.
    private PretrainedTokenizer byteLevel(Path vocabulary, Path merges) {
        String where = vocabulary.toString();
        TokenIds ids = TokenIds.read(Json.parseObject(vocabulary));
        boolean isGpt2 = config.has("tokenizer_class")
                ? GPT2_CLASSES.contains(config.text("tokenizer_class"))
                : ids.get("<s>") == null;
        if (!isGpt2) {
            requireClass(ROBERTA_CLASSES);
        }
        String cls = special("cls_token", "<s>");
        String sep = special("sep_token", "</s>");
        String mask = special("mask_token", "<mask>");
        List<String> special = isGpt2
                ? List.of(special("eos_token", "<|endoftext|>"))
                : List.of(cls, special("pad_token", "<pad>"), sep, special("unk_token", "<unk>"), mask);
        return new PretrainedTokenizer(
                addedTokens(ids, special, mask),
                Normalizer.NONE,
                new ByteLevel(JsonFields.flag(config, "add_prefix_space", false), ByteLevel.WORDS),
                new BytePairEncoding(ids, merges(merges), BytePairEncoding.Settings.BYTE_LEVEL, merges.toString()),
                isGpt2
                        ? PostProcessor.NONE
                        : PostProcessor.roberta(ids.require(cls, where), ids.require(sep, where), true),
                Truncation.NONE);
    }

    private void requireClass(List<String> supported) {
        String type = JsonFields.text(config, "tokenizer_class", supported.getFirst());
        if (!supported.contains(type)) {
            throw new BadInputException(
                    config.where("tokenizer_class") + ": " + type + " without a tokenizer.json is not"
                            + " supported, only " + supported + "; save the tokenizer with use_fast=True");
        }
    }

    /// How a special token is written: a string, or an object with its content, in one of two files.
    private String special(String key, String usual) {
        for (JsonObject file : List.of(config, optional("special_tokens_map.json"))) {
            if (file.has(key)) {
                return file.get(key) instanceof JsonObject token ? token.text("content") : file.text(key);
            }
        }
        return usual;
    }

    /// The tokens that are found in texts: those that the configuration lists, else the special ones.
    ///
    /// @param mask the one that the white space before it belongs to
    private List<AddedToken> addedTokens(TokenIds ids, List<String> special, String mask) {
        List<AddedToken> added = new ArrayList<>();
        if (config.has("added_tokens_decoder")) {
            JsonObject listed = config.object("added_tokens_decoder");
            for (String id : listed.fields().keySet()) {
                if (!id.matches("\\d{1,9}")) {
                    throw new BadInputException(listed.where() + ": \"" + Printable.shortened(id) + "\" is no id");
                }
                added.add(AddedToken.read(listed.object(id), Integer.parseInt(id)));
            }
            ids.with(added, listed.where()); // refuses ids that are not those of the vocabulary
            return added;
        }
        for (String content : special) {
            Integer id = ids.get(content);
            if (id != null) {
                added.add(new AddedToken(id, content, false, content.equals(mask), false, false, true));
            }
        }
        return added;
    }

    /// The lines of a file; they end with LF or CRLF.
    private static List<String> lines(Path file) {
        String text = Utf8.decode(SafeFiles.read(file), file.toString());
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        if (lines.getLast().isEmpty()) {
            lines.removeLast(); // what follows the end of the last line
        }
        return lines;
    }

    private static List<List<String>> merges(Path file) {
        List<List<String>> pairs = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.startsWith("#version") && !line.isEmpty()) {
                pairs.add(BytePairEncoding.pairOf(line, file + " line " + number));
            }
        }
        return pairs;
    }
}
