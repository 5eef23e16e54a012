package dev.parallax.model;

import dev.parallax.data.Labels;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.Temperatures;
import dev.parallax.model.answer.Thresholds;
import dev.parallax.model.domain.Doubts;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answers to one utterance and the one to go by: the fused one, or that of the only perspective that is there.
/// Where one of two perspectives lies outside of what the model knows, the other one decides alone; but not where the
/// perspectives were never taught to speak for themselves.
///
/// @param fused  the fusion's answer, or null where a modality is missing
/// @param audio  what the audio alone says, or null   @param text what the text alone says, or null
/// @param by     whose answer is the one to go by; there is one
public record Decision(
        @Nullable Answer fused,
        @Nullable Answer audio,
        @Nullable Answer text,
        By by) {

    /// Whose answer is gone by.
    public enum By {
        FUSED,
        AUDIO,
        TEXT;

        /// What scripts call it: `fused`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Decision {
        Objects.requireNonNull(of(by, fused, audio, text), "of an utterance there is the answer to go by");
    }

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
        By single = heard ? By.AUDIO : By.TEXT;
        boolean alone = heard != read && !hidesPerspectives(model);
        boolean isThere = both != null && of(single, both, fromAudio, fromText) != null;
        return new Decision(both, fromAudio, fromText, alone && isThere ? single : usual(both, fromAudio));
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

    /// The one to go by.
    public Answer answer() {
        return Objects.requireNonNull(of(by, fused, audio, text));
    }

    /// Whose answer the one to go by is: `fused`, `audio` or `text`.
    public String decidedBy() {
        return by.word();
    }

    /// The answer to go by where nothing is doubted.
    public Answer withoutDoubts() {
        return Objects.requireNonNull(of(usual(fused, audio), fused, audio, text));
    }

    /// Whether a perspective decides in place of both.
    public boolean isAlone() {
        return by != usual(fused, audio);
    }
}
