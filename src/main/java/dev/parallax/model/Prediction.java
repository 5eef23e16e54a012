package dev.parallax.model;

import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.answer.Answer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answers of a model to one utterance: fused, and from each perspective.
///
/// @param labels   the classes, in the order of all probabilities
/// @param answers  of each view, or null
/// @param by       the view whose answer is the decision: the fused one, or that of the only reliable perspective; it
///                 is not null
/// @param warnings what the reader should know, one line each
public record Prediction(List<String> labels, Perspectives<@Nullable Answer> answers, View by, List<String> warnings) {

    public Prediction {
        labels = List.copyOf(labels);
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(answers.get(by), "there is the answer to go by");
    }

    /// The decision.
    public Answer decision() {
        return Objects.requireNonNull(answers.get(by));
    }

    /// The fusion's answer, or null where a modality is missing.
    public @Nullable Answer fused() {
        return answers.fused();
    }

    /// The answer of the audio alone, or null.
    public @Nullable Answer audio() {
        return answers.audio();
    }

    /// The answer of the text alone, or null.
    public @Nullable Answer text() {
        return answers.text();
    }

    /// Whether both perspectives are there, both are sure, and their labels differ.
    public boolean disagreement() {
        Answer audio = audio();
        Answer text = text();
        return audio != null
                && text != null
                && audio.sure()
                && text.sure()
                && !audio.label().equals(text.label());
    }

    /// Whose answer the decision is: `fused`, `audio` or `text`.
    public String decidedBy() {
        return by.word();
    }

    /// `{labels, fused, audio, text, decision, decidedBy, sure, disagreement, warnings}`; an answer is
    /// `{label, probabilities, sure, doubtful, logits, temperature, threshold}` or null.
    public JsonObject toJson() {
        return Json.object()
                .with("labels", labels)
                .with("fused", Json.of(fused()))
                .with("audio", Json.of(audio()))
                .with("text", Json.of(text()))
                .with("decision", decision().label())
                .with("decidedBy", decidedBy())
                .with("sure", decision().sure())
                .with("disagreement", disagreement())
                .with("warnings", warnings);
    }
}
