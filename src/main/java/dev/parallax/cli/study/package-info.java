/// The command `study`.
///
/// May import `io`, `backend`, `fusion`, `audio.features`, `data`, `corpus.split`, `corpus.verify`, `corpus.synthetic`,
/// `corpus`, `model`, `eval`, `train`, `report.page`, `report.study`, `study`, `cli.command`, `cli.setup`, `cli.train`,
/// `cli.demo`.
///
/// Start at [StudyCommand].
@NullMarked
package dev.parallax.cli.study;

import org.jspecify.annotations.NullMarked;
