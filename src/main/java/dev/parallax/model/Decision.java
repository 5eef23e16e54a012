package dev.parallax.model;

import dev.parallax.data.Labels;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.Temperatures;
import dev.parallax.model.answer.Thresholds;
import dev.parallax.model.domain.Doubts;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answers to one utterance and the decision among them: the fused one, or that of the only perspective that is
/// there. Where the input of one perspective is unlike the training data, the other one decides alone. This does
/// not hold where the perspectives were trained without a loss of their own.
///
/// @param fused  the fusion's answer, or null where a modality is missing
/// @param audio  the answer of the audio alone, or null   @param text the answer of the text alone, or null
/// @param by     whose answer is the decision; it is not null
public record Decision(
        @Nullable Answer fused,
        @Nullable Answer audio,
        @Nullable Answer text,
        By by) {

    /// Whose answer is the decision.
    public enum By {
        FUSED,
        AUDIO,
        TEXT;

        /// Its name in JSON: `fused`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Decision {
        Objects.requireNonNull(of(by, fused, audio, text), "of an utterance there is the answer to go by");
    }

    /// From the logits of an utterance, the mean over its windows.
    ///
    /// @param fused  logits, or null, as are the other two; one of the three is not null
    /// @param doubts about the input; an answer that rests on a doubtful input is not sure
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
        By single = heard ? By.AUDIO : By.TEXT;
        boolean alone = heard != read && !hidesPerspectives(model);
        boolean isThere = both != null && of(single, both, fromAudio, fromText) != null;
        return new Decision(both, fromAudio, fromText, alone && isThere ? single : usual(both, fromAudio));
    }

    private static @Nullable Answer answer(
            Labels labels, double @Nullable [] logits, double temperature, double threshold, boolean known) {
        return logits == null ? null : Answer.of(labels.names(), logits, temperature, threshold, !known);
    }

    /// Whether the perspectives of a model were trained without a loss of their own, so that they are not shown
    /// beside the fused answer.
    static boolean hidesPerspectives(Model model) {
        return model.readsAudio() && model.readsText() && !model.perspectivesTrained();
    }

    private static By usual(@Nullable Answer fused, @Nullable Answer audio) {
        return fused != null ? By.FUSED : audio != null ? By.AUDIO : By.TEXT;
    }

    /// The answer of one of three.
    static @Nullable Answer of(By by, @Nullable Answer fused, @Nullable Answer audio, @Nullable Answer text) {
        return switch (by) {
            case FUSED -> fused;
            case AUDIO -> audio;
            case TEXT -> text;
        };
    }

    /// The decision.
    public Answer answer() {
        return Objects.requireNonNull(of(by, fused, audio, text));
    }

    /// Whose answer the decision is: `fused`, `audio` or `text`.
    public String decidedBy() {
        return by.word();
    }

    /// The decision where there are no doubts.
    public Answer withoutDoubts() {
        return Objects.requireNonNull(of(usual(fused, audio), fused, audio, text));
    }

    /// Whether one perspective decides in place of both.
    public boolean isAlone() {
        return by != usual(fused, audio);
    }
}
