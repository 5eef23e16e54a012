package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.answer.Answer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a model says of one utterance: fused, and from each perspective.
///
/// @param labels   the classes, in the order of all probabilities
/// @param fused    the fusion's answer, or null where a modality is missing
/// @param audio    what the audio alone says, or null
/// @param text     what the text alone says, or null
/// @param by       whose answer is the one to go by: the fused one, or that of the only perspective that can be
///                 relied on; there is one
/// @param warnings what the reader should know, a line each
public record Prediction(
        List<String> labels,
        @Nullable Answer fused,
        @Nullable Answer audio,
        @Nullable Answer text,
        Decision.By by,
        List<String> warnings) {

    public Prediction {
        labels = List.copyOf(labels);
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(Decision.of(by, fused, audio, text), "there is the answer to go by");
    }

    /// The answer to go by.
    public Answer decision() {
        return Objects.requireNonNull(Decision.of(by, fused, audio, text));
    }

    /// Whether both perspectives are there, each is sure of what it says, and they do not say the same.
    public boolean disagreement() {
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
    /// `{label, probabilities, sure, doubtful}` or null.
    public JsonObject toJson() {
        return Json.object()
                .with("labels", labels)
                .with("fused", Json.of(fused))
                .with("audio", Json.of(audio))
                .with("text", Json.of(text))
                .with("decision", decision().label())
                .with("decidedBy", decidedBy())
                .with("sure", decision().sure())
                .with("disagreement", disagreement())
                .with("warnings", warnings);
    }
}
