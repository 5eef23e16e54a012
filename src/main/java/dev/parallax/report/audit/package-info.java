/// The page of an audited answer.
///
/// May import `io`, `fusion`, `audio`, `model.answer`, `model`, `trace`, `audit`, `audit.attribution`, `report.page`,
/// `report`.
///
/// Start at [AuditPage].
@NullMarked
package dev.parallax.report.audit;

import org.jspecify.annotations.NullMarked;
