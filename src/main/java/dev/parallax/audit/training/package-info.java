/// Steps of a training done again without the code that took them: what is masked and hidden, the loss, its gradient,
/// and what the optimiser makes of it.
///
/// May import `io`, `backend`, `tensor`, `autograd`, `nn`, `fusion`, `audio.variation`, `data`, `model`, `trace`,
/// `audit`, `train`.
///
/// Start at [TrainingCheck].
@NullMarked
package dev.parallax.audit.training;

import org.jspecify.annotations.NullMarked;
