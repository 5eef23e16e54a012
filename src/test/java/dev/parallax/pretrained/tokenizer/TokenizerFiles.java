package dev.parallax.pretrained.tokenizer;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// The tokenizers and golden strings among the test resources.
public final class TokenizerFiles {

    /// Those that a `tokenizer.json` makes; `src/test/golden/tokenizers_hf.py` makes the same.
    static final List<String> NAMES =
            List.of("wordpiece-uncased", "wordpiece-cased", "bpe", "unigram-words", "unigram-text");

    static final List<String> FOLDERS = List.of("bert", "distilbert", "minilm", "roberta", "xlm-roberta");

    private TokenizerFiles() {}

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(TokenizerFiles.class.getResourceAsStream(name), name);
                InputStream unpacked = name.endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The rows of a file of JSON lines, which end with LF alone.
    static List<JsonObject> rows(String name) {
        List<JsonObject> rows = new ArrayList<>();
        for (String line : resource(name).split("\n", -1)) {
            if (!line.isEmpty()) {
                rows.add(Json.parseObject(line, name + " line " + (rows.size() + 1)));
            }
        }
        return rows;
    }

    /// 200 strings with the ids that Hugging Face's library gives.
    static List<JsonObject> strings() {
        return rows("strings.jsonl.gz");
    }

    /// One of [#NAMES] as a `tokenizer.json`.
    static JsonObject json(String name) {
        JsonObject json = switch (name) {
            case "wordpiece-uncased" -> wordPiece(true);
            case "wordpiece-cased" -> wordPiece(false);
            case "bpe" -> Json.parseObject(resource("bpe.json.gz"), name);
            case "unigram-words" -> Json.parseObject(resource("unigram.json.gz"), name);
            case "unigram-text" -> unigramOfTexts();
            default -> throw new IllegalArgumentException(name);
        };
        return Json.parseObject(json.toText(), "tokenizer.json"); // as a file would be, with its places
    }

    static PretrainedTokenizer tokenizer(String name) {
        return TokenizerJson.read(json(name));
    }

    private static JsonObject wordPiece(boolean lowercase) {
        Map<String, Json> ids = new LinkedHashMap<>();
        for (String token : resource("wordpiece.txt.gz").lines().toList()) {
            ids.put(token, new Json.Whole(ids.size()));
        }
        JsonObject json = Json.parseObject(resource("bert/tokenizer.json"), "bert");
        List<JsonObject> added = json.array("added_tokens").objects().stream()
                .map(token -> token.with("id", Objects.requireNonNull(ids.get(token.text("content")))))
                .toList();
        JsonObject post = json.object("post_processor");
        JsonObject special = post.object("special_tokens");
        for (String name : List.of("[CLS]", "[SEP]")) {
            Json id = Objects.requireNonNull(ids.get(name));
            special = special.with(name, special.object(name).with("ids", Json.array(List.of(id))));
        }
        return json.with("added_tokens", Json.array(added))
                .with("normalizer", json.object("normalizer").with("lowercase", lowercase))
                .with("post_processor", post.with("special_tokens", special))
                .with("model", json.object("model").with("vocab", Json.object(ids)));
    }

    private static JsonObject unigramOfTexts() {
        JsonObject json = Json.parseObject(resource("unigram.json.gz"), "unigram");
        JsonObject blanks = Json.parseObject("""
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}""", "blanks");
        JsonObject chain = Json.object()
                .with("type", "Sequence")
                .with("normalizers", Json.array(List.of(json.object("normalizer"), blanks)));
        JsonObject metaspace =
                json.object("pre_tokenizer").array("pretokenizers").objects().getLast();
        return json.with("normalizer", chain).with("pre_tokenizer", metaspace);
    }

    /// Writes one of [#FOLDERS] as users have it.
    ///
    /// @param withJson whether `tokenizer.json` is there, or only the files from before it
    public static Path write(String name, Path parent, boolean withJson) {
        Path folder = parent.resolve(name);
        switch (name) {
            case "bert" -> copy(folder, "bert", "tokenizer.json", "tokenizer_config.json", "vocab.txt");
            case "distilbert" -> {
                copy(folder, "bert", "tokenizer.json", "vocab.txt");
                copy(folder, "distilbert", "tokenizer_config.json");
            }
            case "minilm" -> {
                copy(folder, "bert", "tokenizer.json", "tokenizer_config.json", "vocab.txt");
                copy(folder, "minilm", "sentence_bert_config.json");
            }
            case "roberta" ->
                copy(folder, "roberta", "tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt");
            case "xlm-roberta" -> {
                copy(folder, "xlm-roberta", "tokenizer_config.json");
                JsonObject json = Json.parseObject(resource("xlm-roberta/tokenizer.json.gz"), name);
                // the table of all SentencePiece models is kept once
                JsonObject normalizer = json("unigram-words").object("normalizer");
                write(
                        folder.resolve("tokenizer.json"),
                        json.with("normalizer", normalizer).toText());
            }
            default -> throw new IllegalArgumentException(name);
        }
        if (!withJson) {
            folder.resolve("tokenizer.json").toFile().delete();
        }
        return folder;
    }

    private static void copy(Path folder, String from, String... names) {
        for (String name : names) {
            write(folder.resolve(name), resource(from + "/" + name));
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The texts of a folder, with the ids that its encoder was tested with.
    static List<JsonObject> texts(String folder) {
        return rows((folder.equals("distilbert") ? "bert" : folder) + "/texts.jsonl");
    }

    /// The encoding of the text, or of the pair, of a row.
    static Encoding encode(PretrainedTokenizer tokenizer, JsonObject row) {
        return row.has("pair")
                ? tokenizer.encode(row.text("text"), row.text("pair"))
                : tokenizer.encode(row.text("text"));
    }
}
