package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;

/// The least probability of an answer that is called sure; below it the answer is the best guess and "not sure"
/// is said. Chosen on the validation part ([dev.parallax.eval.Sureness]).
///
/// @param fused of the fused answer, in [0, 1]   @param audio of audio's   @param text of text's
public record Thresholds(double fused, double audio, double text) {

    /// Every answer is sure.
    public static final Thresholds NONE = new Thresholds(0, 0, 0);

    public Thresholds {
        for (double threshold : new double[] {fused, audio, text}) {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new BadInputException(
                        "model: thresholds " + fused + ", " + audio + ", " + text + " must be in [0, 1]");
            }
        }
    }

    JsonObject toJson() {
        return Json.object().with("fused", fused).with("audio", audio).with("text", text);
    }

    /// What [#toJson] wrote.
    static Thresholds fromJson(JsonObject json) {
        return new Thresholds(json.number("fused"), json.number("audio"), json.number("text"));
    }
}
