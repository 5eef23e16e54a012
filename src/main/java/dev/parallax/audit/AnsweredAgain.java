package dev.parallax.audit;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.trace.Step;
import dev.parallax.trace.TraceFile;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Answers the samples and the words of a trace again.
///
/// @param utterances that the trace is of
record AnsweredAgain(TraceFile trace, List<AuditedUtterance> utterances) {

    /// The answers of a model, with all steps.
    ///
    /// @throws BadInputException when it reads none of what there is
    Audit by(Model model) {
        if (utterances.isEmpty()) {
            throw new BadInputException("replay: the trace is of no utterance; write it again with audit");
        }
        return switch (model) {
            case EmotionModel emotions ->
                UtteranceAudit.of(
                        emotions, windows(_ -> true), utterances.getFirst().text());
            case DialogueModel dialogues ->
                DialogueAudit.of(
                        dialogues,
                        IntStream.range(0, utterances.size())
                                .mapToObj(this::turn)
                                .toList());
        };
    }

    private HeardTurn turn(int number) {
        AuditedUtterance its = utterances.get(number);
        List<Audio> windows =
                windows(settings -> settings.has(DialogueAudit.TURN) && settings.integer(DialogueAudit.TURN) == number);
        return new HeardTurn(windows, its.text(), its.speaker());
    }

    /// @param which of the windows, by the settings of the step of their samples
    private List<Audio> windows(Predicate<JsonObject> which) {
        return trace.steps().stream()
                .filter(step -> step.what().equals(UtteranceAudit.SAMPLES)
                        && step.settings().has(SoundSteps.RATE)
                        && which.test(step.settings()))
                .map(step -> new Audio(
                        Step.floats(trace.values(step)), step.settings().integer(SoundSteps.RATE)))
                .toList();
    }
}
