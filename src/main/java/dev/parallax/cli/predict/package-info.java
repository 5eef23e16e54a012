/// The command `predict`: from one recording and one sentence to one emotion, and from a talk to one for
/// each of its turns.
///
/// May import `io`, `backend`, `backend.select`, `audio`, `audio.file`, `audio.source`, `audio.speech`,
/// `audio.features`, `transcript`, `data`, `corpus.synthetic`, `corpus`, `model.domain`, `model.answer`, `model`,
/// `model.turns`, `model.document`, `train`, `report.talk`, `setup`, `cli.command`.
///
/// Start at [PredictCommand].
@NullMarked
package dev.parallax.cli.predict;

import org.jspecify.annotations.NullMarked;
