package dev.parallax.model.answer;

import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.domain.TrainingDomain;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How logits become answers: what is fitted on the validation part after training.
///
/// @param temperatures what the logits are divided by
/// @param thresholds   how probable an answer must be to be called sure
/// @param unpaired     how perspectives that were trained apart are brought together, or null where the network
///                     does
/// @param domain       what the training data was like: an answer to anything else is not sure
public record AnswerRules(
        Temperatures temperatures,
        Thresholds thresholds,
        @Nullable UnpairedFusion unpaired,
        TrainingDomain domain) {

    /// Logits as they are; every answer is sure.
    public static final AnswerRules PLAIN =
            new AnswerRules(Temperatures.ONE, Thresholds.NONE, null, TrainingDomain.UNKNOWN);

    /// These rules with another way to bring perspectives together.
    public AnswerRules withUnpaired(@Nullable UnpairedFusion changed) {
        return new AnswerRules(temperatures, thresholds, changed, domain);
    }

    /// These rules with other thresholds.
    public AnswerRules withThresholds(Thresholds changed) {
        return new AnswerRules(temperatures, changed, unpaired, domain);
    }

    /// These rules with this training domain.
    public AnswerRules withDomain(TrainingDomain changed) {
        return new AnswerRules(temperatures, thresholds, unpaired, changed);
    }

    public JsonObject toJson() {
        return json(_ -> domain).write(this);
    }

    /// What [#toJson] wrote.
    ///
    /// @param file   with the tensors of the domain
    /// @param prefix of their names
    public static AnswerRules read(JsonObject json, SafeTensors file, String prefix) {
        return json(document -> TrainingDomain.read(document, file, prefix)).read(json);
    }

    /// Files of former versions have no training domain.
    private static RecordJson<AnswerRules> json(Function<JsonObject, TrainingDomain> domain) {
        return RecordJson.of(AnswerRules.class)
                .nullable("unpaired")
                .since("domain", TrainingDomain.UNKNOWN)
                .as("domain", TrainingDomain::toJson, domain);
    }
}
