package dev.parallax.model.document;

import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.live.LiveAnswer;
import java.util.List;

/// The answers to a stream as JSON documents.
///
/// @param json   how a single answer is written
/// @param labels the classes of the model
public record LiveJson(PredictionJson json, List<String> labels) {

    /// `{type, start, end, prediction, smoothed, skipped}`: the type is `answer`, or `final` for the last.
    public JsonObject of(LiveAnswer answer, boolean isLast) {
        JsonObject smoothed = Json.object();
        for (View view : Perspectives.VIEWS) {
            List<Double> probabilities = answer.smoothed().get(view);
            if (probabilities != null) {
                smoothed = smoothed.with(view.word(), byLabel(probabilities));
            }
        }
        return Json.object()
                .with("type", isLast ? "final" : "answer")
                .with("start", answer.start())
                .with("end", answer.end())
                .with("prediction", json.of(answer.prediction(), answer.audioHash(), answer.text()))
                .with("smoothed", smoothed)
                .with("skipped", answer.skipped());
    }

    private JsonObject byLabel(List<Double> probabilities) {
        JsonObject all = Json.object();
        for (int c = 0; c < labels.size(); c++) {
            all = all.with(labels.get(c), probabilities.get(c));
        }
        return all;
    }
}
