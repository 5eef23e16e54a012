package dev.parallax.pretrained.tokenizer;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a `tokenizer.json`, the file in which the library `tokenizers` keeps a whole tokenizer. What is
/// in it and not implemented here is refused by name: an id that differs from that of training would go
/// unnoticed.
///
/// Source: https://github.com/huggingface/tokenizers, version "1.0" of the format.
final class TokenizerJson {

    private static final String VERSION = "1.0";

    private TokenizerJson() {}

    static PretrainedTokenizer read(Path file) {
        return read(Json.parseObject(file));
    }

    static PretrainedTokenizer read(JsonObject json) {
        json.allowOnly(List.of(
                "version",
                "truncation",
                "padding", // no batch here is padded
                "added_tokens",
                "normalizer",
                "pre_tokenizer",
                "post_processor",
                "decoder", // ids do not become text here
                "model"));
        String version = JsonFields.text(json, "version", VERSION);
        if (!version.equals(VERSION)) {
            throw JsonFields.unsupported(json, "version", version, List.of(VERSION));
        }
        TokenModel model = TokenModel.read(json.object("model"));
        TokenIds ids = model.ids();
        List<AddedToken> added = new ArrayList<>();
        if (json.has("added_tokens")) {
            json.array("added_tokens").objects().forEach(token -> added.add(AddedToken.read(token)));
            ids = ids.with(added, json.where("added_tokens"));
        }
        return new PretrainedTokenizer(
                added,
                json.has("normalizer") ? Normalizer.read(json.object("normalizer")) : Normalizer.NONE,
                json.has("pre_tokenizer") ? PreTokenizer.read(json.object("pre_tokenizer")) : PreTokenizer.NONE,
                model,
                json.has("post_processor")
                        ? PostProcessor.read(json.object("post_processor"), ids)
                        : PostProcessor.NONE,
                json.has("truncation") ? Truncation.read(json.object("truncation")) : Truncation.NONE);
    }
}
