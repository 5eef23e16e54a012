/// What can be asked for: a model to be trained, a model to be scored, a study. A request is a value; only when it is
/// given to [dev.parallax.setup] does anything happen.
///
/// May import `io`, `corpus.split`.
///
/// Start at [TrainingRequest].
@NullMarked
package dev.parallax.setup.request;

import org.jspecify.annotations.NullMarked;
