/// The command `study`.
///
/// May import `io`, `backend`, `fusion`, `data`, `corpus.split`, `corpus.synthetic`, `corpus`, `model`, `eval`,
/// `train`, `report.page`, `report.study`, `study`, `setup.request`, `setup`, `cli.command`, `cli.train`.
///
/// Start at [StudyCommand].
@NullMarked
package dev.parallax.cli.study;

import org.jspecify.annotations.NullMarked;
