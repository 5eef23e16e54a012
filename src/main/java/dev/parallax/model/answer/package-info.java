/// How logits become answers: temperatures, thresholds, and the fusion of perspectives that were trained apart.
///
/// May import `io`, `tensor`, `autograd`, `nn`, `fusion`, `model.domain`.
///
/// Start at [AnswerRules] and [Answer].
@NullMarked
package dev.parallax.model.answer;

import org.jspecify.annotations.NullMarked;
