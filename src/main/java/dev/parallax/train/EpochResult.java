package dev.parallax.train;

import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import java.util.List;

/// The results of one epoch. Losses are means over utterances; NaN where there is nothing to measure.
///
/// @param epoch        from 1
/// @param learningRate at the epoch's end
/// @param gradientNorm mean over steps, before clipping
/// @param trainLoss    total, with dropout on
/// @param trainFused   fused term   @param trainAudio audio term   @param trainText text term
/// @param valLoss      negative log-likelihood of the decision on the validation part
/// @param valDecision  unweighted accuracy of the decision there
/// @param valFused     unweighted accuracy of the fused answer there   @param valAudio of audio
/// @param valText      of text
/// @param valAudioLoss negative log-likelihood of audio's answer there   @param valTextLoss of text's
/// @param audioGradient norm of the gradient of the parameters that read audio, mean over steps, before clipping; NaN
///                     where these are a head alone that the loss does not reach
/// @param textGradient that of those that read text
/// @param audioLogits  mean norm of audio's logits on the validation part ([dev.parallax.eval.LogitNorm]); NaN where
///                     the loss does not reach the head that makes them
/// @param textLogits   the same of text
/// @param weights      hash of the weights at its end ([dev.parallax.model.ModelHashes#weights]); empty in a checkpoint
///                     of a former version
public record EpochResult(
        int epoch,
        double learningRate,
        double gradientNorm,
        double trainLoss,
        double trainFused,
        double trainAudio,
        double trainText,
        double valLoss,
        double valDecision,
        double valFused,
        double valAudio,
        double valText,
        double valAudioLoss,
        double valTextLoss,
        double audioGradient,
        double textGradient,
        double audioLogits,
        double textLogits,
        String weights) {

    private static final String WEIGHTS = "weights";
    private static final RecordJson<EpochResult> JSON =
            RecordJson.of(EpochResult.class).withNaN().since(WEIGHTS, "");

    /// What the best epoch of a view is chosen by.
    ///
    /// @throws IllegalArgumentException for the fused view, which chooses none
    public EpochScore score(View view) {
        return switch (view) {
            case DECISION -> new EpochScore(valDecision, valLoss);
            case AUDIO -> new EpochScore(valAudio, valAudioLoss);
            case TEXT -> new EpochScore(valText, valTextLoss);
            case FUSED -> throw new IllegalArgumentException("the fused view chooses no epoch");
        };
    }

    /// Whether a part was scored after it, which can choose it; else the last epoch is kept.
    public boolean isMeasured() {
        return score(View.DECISION).isMeasured();
    }

    /// Its numbers, in the order of the components.
    JsonObject numbers() {
        return toJson().without(WEIGHTS);
    }

    /// In the order of the components.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// All epochs, in their order.
    public static JsonArray toJson(List<EpochResult> history) {
        return Json.array(history.stream().map(EpochResult::toJson).toList());
    }

    /// What [#toJson(List)] wrote.
    ///
    /// @param json an object that holds it in the field `key`
    public static List<EpochResult> fromJson(JsonObject json, String key) {
        return json.array(key).objects().stream().map(JSON::read).toList();
    }
}
