/// What can be requested: a model to be trained, a model to be scored, a study. A request is a value;
/// [dev.parallax.setup] carries it out.
///
/// May import `io`, `fusion`, `corpus.split`, `study`.
///
/// Start at [TrainingRequest].
@NullMarked
package dev.parallax.setup.request;

import org.jspecify.annotations.NullMarked;
