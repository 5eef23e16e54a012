/// The figures: confusion, learning curves, intervals, counts. XChart is used only here and in `report.page`.
///
/// May import `io`, `fusion`, `data`, `model.answer`, `model`, `eval`, `report.page`.
///
/// Start at [Figures].
@NullMarked
package dev.parallax.report.plot;

import org.jspecify.annotations.NullMarked;
