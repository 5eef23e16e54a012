/// The pages of a training run, an evaluation, a corpus and the demo. Plain records go in, files come out; nothing is
/// computed here that a score could depend on.
///
/// May import `io`, `fusion`, `data`, `model.answer`, `model`, `eval`, `robustness`, `report.page`, `report.plot`.
///
/// Start at [RunReport].
@NullMarked
package dev.parallax.report;

import org.jspecify.annotations.NullMarked;
