/// Follows an answer from the samples to the decision: every step with its numbers, and each step done again without
/// the code that computed it.
///
/// May import `io`, `backend`, `tensor`, `autograd`, `nn`, `fusion`, `audio`, `audio.pitch`, `audio.speech`,
/// `audio.features`, `data`, `pretrained.encoder`, `pretrained`, `model.domain`,
/// `model.answer`, `model`, `trace`.
///
/// Start at [UtteranceAudit], [DialogueAudit] and [Replay].
@NullMarked
package dev.parallax.audit;

import org.jspecify.annotations.NullMarked;
