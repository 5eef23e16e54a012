/// How options become a training run.
///
/// May import `io`, `backend`, `nn`, `audio.source`, `audio.speech`, `audio.variation`, `audio.features`, `text`,
/// `data`, `corpus.recordings`, `corpus.split`, `corpus.verify`, `corpus.synthetic`, `corpus`, `model`, `train`,
/// `cli.command`.
///
/// Start at [TrainPlan].
@NullMarked
package dev.parallax.cli.setup;

import org.jspecify.annotations.NullMarked;
