package dev.parallax.cli.predict;

import dev.parallax.cli.command.OptionNames;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.Prediction;
import dev.parallax.model.TokenText;
import dev.parallax.model.Version;
import dev.parallax.model.answer.UnpairedFusion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Predictions as JSON, with all that is needed to check them later: the version of Parallax, the model's name and
/// hashes, the rule that fused perspectives which were trained apart, the hash of the recording, and the tokens of the
/// text. Hashes are computed when they are first asked for, since output for people has none.
final class PredictionJson {

    private final String name;
    private final Model model;
    private final Supplier<ModelHashes> hashing;
    private @Nullable ModelHashes hashes;

    /// @param name    the model's name in results
    /// @param hashing gives its hashes, once
    PredictionJson(String name, Model model, Supplier<ModelHashes> hashing) {
        this.name = name;
        this.model = model;
        this.hashing = hashing;
    }

    /// The model's name.
    String name() {
        return name;
    }

    /// The prediction with the model that made it; its warnings name options, as all output of commands does.
    JsonObject of(Prediction prediction) {
        return prediction
                .toJson()
                .with("warnings", OptionNames.in(prediction.warnings()))
                .with("model", name);
    }

    /// The same with what it was made of.
    ///
    /// @param audio the recording's file, or null
    /// @param text  the words, or null
    JsonObject of(Prediction prediction, @Nullable Path audio, @Nullable String text) {
        return of(prediction)
                .with(provenance())
                .with("audioHash", Json.of(hash(audio)))
                .with("tokens", tokens(text));
    }

    /// Several answers to one recording: `{KEY: [...], model, warnings, version, ..., audioHash}`.
    JsonObject whole(String key, List<Json> answers, @Nullable Path audio, List<String> warnings) {
        return Json.object()
                .with(key, Json.array(answers))
                .with("model", name)
                .with("warnings", OptionNames.in(warnings))
                .with(provenance())
                .with("audioHash", Json.of(hash(audio)));
    }

    /// `{version, modelHash, weightsHash, unpaired}`.
    private JsonObject provenance() {
        ModelHashes its = hashes();
        UnpairedFusion unpaired = model.rules().unpaired();
        return Json.object()
                .with("version", Version.current())
                .with("modelHash", its.file())
                .with("weightsHash", its.weights())
                .with("unpaired", Json.of(unpaired));
    }

    private synchronized ModelHashes hashes() {
        ModelHashes known = hashes;
        if (known == null) {
            known = hashing.get();
            hashes = known;
        }
        return known;
    }

    /// SHA-256 of a recording's bytes; null for a pipe, which can be read only once.
    private static @Nullable String hash(@Nullable Path audio) {
        return audio == null || !Files.isRegularFile(audio) ? null : SafeFiles.sha256(audio);
    }

    private Json tokens(@Nullable String text) {
        EmotionModel reader = switch (model) {
            case EmotionModel emotions -> emotions;
            case DialogueModel dialogues -> dialogues.first();
        };
        boolean isRead = reader != null && text != null && reader.readsText();
        return isRead && reader != null
                ? Json.array(reader.tokens(text).stream().map(TokenText::toJson).toList())
                : new Json.Null();
    }
}
