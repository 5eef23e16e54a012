package dev.parallax.model;

import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.domain.Doubts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answers to one utterance and the decision among them: the fused one, or that of the only perspective that is
/// there. Where the input of one perspective is unlike the training data, the other one decides alone. This does
/// not hold where the perspectives were trained without a loss of their own.
///
/// @param answers of each view; null where a modality that it needs is missing
/// @param by      the view whose answer is the decision; it is not null
public record Decision(Perspectives<@Nullable Answer> answers, View by) {

    public Decision {
        Objects.requireNonNull(answers.get(by), "of an utterance there is the answer to go by");
    }

    /// From the logits of an utterance, the mean over its windows.
    ///
    /// @param logits of each view, or null; those of one view are not null
    /// @param doubts about the input; an answer that rests on a doubtful input is not sure
    public static Decision of(Model model, Perspectives<double @Nullable []> logits, Doubts doubts) {
        boolean heard = doubts.sound().isEmpty();
        boolean read = doubts.text().isEmpty();
        Perspectives<Boolean> known = new Perspectives<>(heard && read, heard, read);
        Perspectives<@Nullable Answer> answers =
                Perspectives.of(view -> answer(model, view, logits.get(view), !known.get(view)));
        View single = heard ? View.AUDIO : View.TEXT;
        boolean alone = heard != read && !hidesPerspectives(model);
        boolean isThere = answers.fused() != null && answers.get(single) != null;
        return new Decision(answers, alone && isThere ? single : usual(answers));
    }

    private static @Nullable Answer answer(Model model, View view, double @Nullable [] logits, boolean doubtful) {
        if (logits == null) {
            return null;
        }
        AnswerRules rules = model.rules();
        double temperature = rules.temperatures().get(view);
        return Answer.of(
                model.labels().names(), logits, temperature, rules.thresholds().get(view), doubtful);
    }

    /// Whether the perspectives of a model were trained without a loss of their own, so that they are not shown
    /// beside the fused answer.
    static boolean hidesPerspectives(Model model) {
        return model.readsAudio() && model.readsText() && !model.perspectivesTrained();
    }

    private static View usual(Perspectives<@Nullable Answer> answers) {
        return answers.fused() != null ? View.FUSED : answers.audio() != null ? View.AUDIO : View.TEXT;
    }

    /// The decision.
    public Answer answer() {
        return Objects.requireNonNull(answers.get(by));
    }

    /// The answer of a view, or null.
    public @Nullable Answer answer(View view) {
        return view == View.DECISION ? answer() : answers.get(view);
    }

    /// Whose answer the decision is: `fused`, `audio` or `text`.
    public String decidedBy() {
        return by.word();
    }

    /// The decision where there are no doubts.
    public Answer withoutDoubts() {
        return Objects.requireNonNull(answers.get(usual(answers)));
    }

    /// Whether one perspective decides in place of both.
    public boolean isAlone() {
        return by != usual(answers);
    }
}
