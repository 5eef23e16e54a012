/// Pages and plots: one self-contained `report.html` a run, and the data of every figure as CSV beside it. Plain
/// records
/// go in, files come out; nothing is computed here that a score could depend on. May import `eval`, `data`, `model`,
/// `io`; XChart is used only here. Start at [DemoReport] and [RunReport], then [Page].
@NullMarked
package dev.parallax.report;

import org.jspecify.annotations.NullMarked;
