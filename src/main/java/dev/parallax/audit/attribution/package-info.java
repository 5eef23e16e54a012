/// What an answer hangs on: which words, stretches of sound and features the decision comes from, how
/// far several ways to ask agree, and what would have to change for another decision.
///
/// May import `io`, `backend`, `tensor`, `autograd`, `nn`, `fusion`, `audio`, `audio.features`, `text`, `data`,
/// `pretrained`, `model.domain`, `model.answer`, `model`, `model.attention`, `trace`, `eval`, `audit`.
///
/// Start at [Explanation], [DialogueExplanation] and [IntegratedGradients].
@NullMarked
package dev.parallax.audit.attribution;

import org.jspecify.annotations.NullMarked;
