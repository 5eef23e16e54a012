/// The empirical study: every strategy of fusion, under both losses, over folds and seeds, with intervals and tests.
/// A cell is one training run; its answers are kept in one file, from which everything else is computed.
///
/// May import `io`, `fusion`, `audio.features`, `data`, `corpus.split`, `model.answer`, `model`, `eval`,
/// `eval.baseline`, `train`, `report.plot`, `report.study`.
///
/// Start at [StudyRun].
@NullMarked
package dev.parallax.study;

import org.jspecify.annotations.NullMarked;
