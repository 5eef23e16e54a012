package dev.parallax.model.document;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.Prediction;
import dev.parallax.model.TokenText;
import dev.parallax.model.Version;
import dev.parallax.model.answer.UnpairedFusion;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Predictions as JSON, with all that is needed to check them later: the version of Parallax, the model's name and
/// hashes, the rule that fused perspectives which were trained apart, the hash of the recording, and the tokens of the
/// text. Hashes are computed when they are first asked for, since output for people has none.
public final class PredictionJson {

    private final String name;
    private final Model model;
    private final Supplier<ModelHashes> hashing;
    private final UnaryOperator<String> wording;
    private @Nullable ModelHashes hashes;

    /// @param name    the model's name in results
    /// @param hashing gives its hashes, once
    /// @param wording how a warning names parts of a request: as options of the command line
    public PredictionJson(String name, Model model, Supplier<ModelHashes> hashing, UnaryOperator<String> wording) {
        this.name = name;
        this.model = model;
        this.hashing = hashing;
        this.wording = wording;
    }

    /// The model's name.
    public String name() {
        return name;
    }

    /// The prediction with the model that made it.
    public JsonObject of(Prediction prediction) {
        return prediction
                .toJson()
                .with("warnings", worded(prediction.warnings()))
                .with("model", name);
    }

    /// The same with what it was made of.
    ///
    /// @param audioHash SHA-256 of the recording's bytes, or null
    /// @param text      the words, or null
    public JsonObject of(Prediction prediction, @Nullable String audioHash, @Nullable String text) {
        return of(prediction)
                .with(provenance())
                .with("audioHash", Json.of(audioHash))
                .with("tokens", tokens(text));
    }

    /// Several answers to one recording: `{KEY: [...], model, warnings, version, ..., audioHash}`.
    public JsonObject whole(String key, List<Json> answers, @Nullable String audioHash, List<String> warnings) {
        return Json.object()
                .with(key, Json.array(answers))
                .with("model", name)
                .with("warnings", worded(warnings))
                .with(provenance())
                .with("audioHash", Json.of(audioHash));
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

    /// Warnings and reasons as their readers know the parts of a request.
    List<String> worded(List<String> lines) {
        return lines.stream().map(wording).toList();
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
