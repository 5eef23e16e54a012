/// The pages of an audited answer and of an audited dialogue.
///
/// May import `io`, `fusion`, `audio`, `model.answer`, `model`, `trace`, `audit`, `audit.attribution`, `report.page`,
/// `report`.
///
/// Start at [AuditPage] and [DialoguePage].
@NullMarked
package dev.parallax.report.audit;

import org.jspecify.annotations.NullMarked;
