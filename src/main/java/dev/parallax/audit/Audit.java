package dev.parallax.audit;

import dev.parallax.model.Prediction;
import dev.parallax.trace.Trace;
import java.util.List;

/// Answers with all steps that led to them.
public sealed interface Audit permits UtteranceAudit, DialogueAudit {

    /// Every step, from the samples to the probabilities.
    Trace trace();

    /// The answer to each utterance.
    List<Prediction> predictions();
}
