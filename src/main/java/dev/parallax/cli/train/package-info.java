/// The commands `train` and `evaluate`.
///
/// May import `io`, `backend`, `nn`, `fusion`, `audio.features`, `data`, `corpus.split`, `corpus.synthetic`, `corpus`,
/// `pretrained`, `model.answer`, `model`, `eval`, `train`, `robustness`, `report.page`, `report.plot`, `report`,
/// `setup.request`, `setup`, `cli.command`.
///
/// Start at [TrainCommand].
@NullMarked
package dev.parallax.cli.train;

import org.jspecify.annotations.NullMarked;
