/// One self-contained page, `report.html`: elements, tables and figures, with the data of every figure as CSV beside
/// it.
///
/// May import `io`, `fusion`.
///
/// Start at [Page].
@NullMarked
package dev.parallax.report.page;

import org.jspecify.annotations.NullMarked;
