/// The commands `train` and `evaluate`.
///
/// May import `io`, `backend`, `nn`, `fusion`, `audio.source`, `audio.features`, `data`, `corpus.recordings`,
/// `corpus.split`, `corpus.verify`, `corpus`, `model.answer`, `model`, `eval`, `train`, `report.page`, `report.plot`,
/// `report`, `cli.command`, `cli.setup`.
///
/// Start at [TrainCommand].
@NullMarked
package dev.parallax.cli.train;

import org.jspecify.annotations.NullMarked;
