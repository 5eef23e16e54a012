/// The command `predict`: from one recording and one sentence to one emotion.
///
/// May import `io`, `backend`, `backend.select`, `audio`, `audio.file`, `audio.source`, `audio.speech`,
/// `audio.features`, `data`,
/// `corpus.synthetic`, `corpus`, `model.domain`, `model.answer`, `model`, `train`, `setup`, `cli.command`.
///
/// Start at [PredictCommand].
@NullMarked
package dev.parallax.cli.predict;

import org.jspecify.annotations.NullMarked;
