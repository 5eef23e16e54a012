package dev.parallax.audit;

import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a trace is of: the head of its document.
///
/// @param parallax      the version that wrote it
/// @param backend       that computed it, in a line
/// @param model         its name
/// @param modelHash     SHA-256 of its file, in hex; null for the starter
/// @param weights       SHA-256 of its weights ([ModelHashes])
/// @param labels        the classes, in the order of all logits
/// @param recording     the name of its file, or null
/// @param recordingHash SHA-256 of its bytes, in hex, or null
/// @param text          the words, or null
/// @param prediction    the answer, as `predict --json` gives it
public record AuditSubject(
        String parallax,
        String backend,
        String model,
        @Nullable String modelHash,
        String weights,
        List<String> labels,
        @Nullable String recording,
        @Nullable String recordingHash,
        @Nullable String text,
        JsonObject prediction) {

    private static final RecordJson<AuditSubject> JSON =
            RecordJson.of(AuditSubject.class).nullable("modelHash", "recording", "recordingHash", "text");

    public AuditSubject {
        labels = List.copyOf(labels);
    }

    /// What an audit is of.
    ///
    /// @param name          of the model
    /// @param modelHash     of its file, or null
    /// @param recording     the name of the recording, or null
    /// @param recordingHash of it, or null
    public static AuditSubject of(
            EmotionModel model,
            String name,
            @Nullable String modelHash,
            @Nullable String recording,
            @Nullable String recordingHash,
            UtteranceAudit audit) {
        return new AuditSubject(
                Version.current(),
                model.backend().description(),
                name,
                modelHash,
                ModelHashes.weights(model),
                model.labels().names(),
                recording,
                recordingHash,
                audit.text(),
                audit.prediction().toJson());
    }

    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    ///
    /// @throws dev.parallax.BadInputException where something is missing
    public static AuditSubject fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
