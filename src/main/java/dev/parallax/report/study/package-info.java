/// The page of a study: its tables, its figures, its verdict.
///
/// May import `io`, `fusion`, `data`, `eval`, `report.page`, `report.plot`, `report`.
///
/// Start at [StudyReport].
@NullMarked
package dev.parallax.report.study;

import org.jspecify.annotations.NullMarked;
