package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import org.jspecify.annotations.Nullable;

/// How logits become answers: what is found out on the validation part once the weights are there.
///
/// @param temperatures how sure an answer sounds
/// @param thresholds   how sure it must be to be called sure
/// @param unpaired     how perspectives that were trained apart are brought together, or null where the network
///                     does
public record AnswerRules(
        Temperatures temperatures,
        Thresholds thresholds,
        @Nullable UnpairedFusion unpaired) {

    /// Logits as they are; every answer is sure.
    public static final AnswerRules PLAIN = new AnswerRules(Temperatures.ONE, Thresholds.NONE, null);

    /// These rules with another way to bring perspectives together.
    public AnswerRules withUnpaired(@Nullable UnpairedFusion changed) {
        return new AnswerRules(temperatures, thresholds, changed);
    }

    JsonObject toJson() {
        return Json.object()
                .with("temperatures", temperatures.toJson())
                .with("thresholds", thresholds.toJson())
                .with("unpaired", unpaired == null ? new Json.Null() : unpaired.toJson());
    }

    /// What [#toJson] wrote.
    static AnswerRules fromJson(JsonObject json) {
        return new AnswerRules(
                Temperatures.fromJson(json.object("temperatures")),
                Thresholds.fromJson(json.object("thresholds")),
                json.get("unpaired") instanceof Json.Null ? null : UnpairedFusion.fromJson(json.object("unpaired")));
    }
}
