package dev.parallax.model;

import dev.parallax.data.Labels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answers to one utterance and the one to go by: the fused one, or that of the only perspective that is there.
/// Where one of two perspectives lies outside of what the model knows, the other one decides alone; but not where the
/// perspectives were never taught to speak for themselves.
///
/// @param fused  the fusion's answer, or null where a modality is missing
/// @param audio  what the audio alone says, or null   @param text what the text alone says, or null
/// @param answer the one to go by
public record Decision(
        @Nullable Answer fused,
        @Nullable Answer audio,
        @Nullable Answer text,
        Answer answer) {

    /// From the logits of an utterance, of its windows the mean.
    ///
    /// @param fused  logits, or null, as are the other two; one of the three is there
    /// @param doubts of what it rests on; an answer that rests on something doubtful is not sure
    public static Decision of(
            Model model,
            double @Nullable [] fused,
            double @Nullable [] audio,
            double @Nullable [] text,
            Doubts doubts) {
        Temperatures temperatures = model.temperatures();
        Thresholds thresholds = model.rules().thresholds();
        Labels labels = model.labels();
        boolean heard = doubts.sound().isEmpty();
        boolean read = doubts.text().isEmpty();
        Answer both = answer(labels, fused, temperatures.fused(), thresholds.fused(), heard && read);
        Answer fromAudio = answer(labels, audio, temperatures.audio(), thresholds.audio(), heard);
        Answer fromText = answer(labels, text, temperatures.text(), thresholds.text(), read);
        Answer single = heard ? fromAudio : fromText;
        boolean alone = heard != read && !hidesPerspectives(model);
        Answer answer = alone && both != null && single != null ? single : usual(both, fromAudio, fromText);
        return new Decision(both, fromAudio, fromText, answer);
    }

    private static @Nullable Answer answer(
            Labels labels, double @Nullable [] logits, double temperature, double threshold, boolean known) {
        return logits == null ? null : Answer.of(labels.names(), logits, temperature, threshold, !known);
    }

    /// Whether the perspectives of a model were not taught to speak for themselves, so that they are not shown beside
    /// the fused answer.
    static boolean hidesPerspectives(Model model) {
        return model.readsAudio() && model.readsText() && !model.perspectivesTrained();
    }

    private static Answer usual(@Nullable Answer fused, @Nullable Answer audio, @Nullable Answer text) {
        Answer single = audio != null ? audio : text;
        return Objects.requireNonNull(fused != null ? fused : single, "of an utterance there is at least one answer");
    }

    /// Whose answer the one to go by is: `fused`, `audio` or `text`.
    public String decidedBy() {
        return decidedBy(answer, fused, audio);
    }

    static String decidedBy(Answer answer, @Nullable Answer fused, @Nullable Answer audio) {
        return answer.equals(fused) ? "fused" : answer.equals(audio) ? "audio" : "text";
    }

    /// The answer to go by where nothing is doubted.
    public Answer withoutDoubts() {
        return usual(fused, audio, text);
    }

    /// Whether a perspective decides in place of both.
    public boolean isAlone() {
        return !answer.equals(withoutDoubts());
    }
}
