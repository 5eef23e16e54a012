package dev.parallax.audit;

import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.Model;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a trace is of: the head of its document.
///
/// @param parallax   the version that wrote it
/// @param backend    that computed it, in a line
/// @param model      its name
/// @param modelHash  SHA-256 of its file, in hex; null for the starter
/// @param weights    SHA-256 of its weights ([ModelHashes])
/// @param encoders   pretrained encoders that the model reads with, a line on each
/// @param labels     the classes, in the order of all logits
/// @param dialogue   the name of the dialogue, or null where it is one utterance
/// @param utterances the turns of the dialogue in their order, or the one utterance
public record AuditSubject(
        String parallax,
        String backend,
        String model,
        @Nullable String modelHash,
        String weights,
        List<String> encoders,
        List<String> labels,
        @Nullable String dialogue,
        List<AuditedUtterance> utterances) {

    private static final RecordJson<AuditSubject> JSON = RecordJson.of(AuditSubject.class)
            .nullable("modelHash", "dialogue")
            .since("encoders", List.of())
            .as("utterances", AuditSubject::write, AuditSubject::read);

    public AuditSubject {
        encoders = List.copyOf(encoders);
        labels = List.copyOf(labels);
        utterances = List.copyOf(utterances);
    }

    /// What an audit is of.
    ///
    /// @param name      of the model
    /// @param modelHash of its file, or null
    /// @param dialogue  the name of the dialogue, or null
    public static AuditSubject of(
            Model model,
            String name,
            @Nullable String modelHash,
            @Nullable String dialogue,
            List<AuditedUtterance> utterances) {
        return new AuditSubject(
                Version.current(),
                model.backend().description(),
                name,
                modelHash,
                ModelHashes.weights(model),
                model.pretrainedEncoders(),
                model.labels().names(),
                dialogue,
                utterances);
    }

    private static JsonArray write(List<AuditedUtterance> utterances) {
        return Json.array(utterances.stream().map(AuditedUtterance.JSON::write).toList());
    }

    private static List<AuditedUtterance> read(JsonObject json, String key) {
        return json.array(key).objects().stream()
                .map(AuditedUtterance.JSON::read)
                .toList();
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
