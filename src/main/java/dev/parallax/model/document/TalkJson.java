package dev.parallax.model.document;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Prediction;
import dev.parallax.model.turns.AnsweredTalk;
import dev.parallax.model.turns.AnsweredTurn;
import dev.parallax.transcript.Span;
import dev.parallax.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The answers to the turns of a talk as one JSON document. A turn that could not be answered has `error` in place of
/// an answer.
///
/// @param json   how a single answer is written
/// @param labels the classes of the model
public record TalkJson(PredictionJson json, List<String> labels) {

    /// The document.
    ///
    /// @param audioHash      SHA-256 of the recording's bytes, or null
    /// @param transcriptHash that of the transcript's
    /// @param warnings       about the whole
    public JsonObject of(
            Transcript transcript,
            AnsweredTalk talk,
            @Nullable String audioHash,
            String transcriptHash,
            List<String> warnings) {
        return of(transcript, talk, audioHash, transcriptHash, warnings, _ -> Json.object());
    }

    /// The same with more keys of each turn that has an answer.
    public JsonObject of(
            Transcript transcript,
            AnsweredTalk talk,
            @Nullable String audioHash,
            String transcriptHash,
            List<String> warnings,
            Function<AnsweredTurn, JsonObject> more) {
        List<Json> turns = new ArrayList<>();
        for (AnsweredTurn turn : talk.turns()) {
            JsonObject json = turn(turns.size() + 1, turn);
            turns.add(turn.prediction() == null ? json : json.with(more.apply(turn)));
        }
        return Json.object()
                .with("labels", labels)
                .with(json.whole("turns", turns, audioHash, warnings))
                .with("transcriptFormat", transcript.format())
                .with("transcriptHash", transcriptHash)
                .with("transcriptNotes", transcript.notes());
    }

    private JsonObject turn(int number, AnsweredTurn answered) {
        Span span = answered.turn().span();
        JsonObject turn = Json.object()
                .with("turn", number)
                .with("from", span == null ? new Json.Null() : new Json.Real(span.start()))
                .with("to", span == null ? new Json.Null() : new Json.Real(span.end()))
                .with("speaker", Json.of(answered.turn().speaker()))
                .with("sentence", answered.turn().text());
        Prediction prediction = answered.prediction();
        if (prediction == null) {
            String error = Objects.requireNonNullElse(answered.error(), "");
            return turn.with("error", json.worded(List.of(error)).getFirst());
        }
        return turn.with(prediction.toJson()).with("warnings", json.worded(prediction.warnings()));
    }
}
