/// The command `audit`: an answer with every step that led to it, and the check of such a record.
///
/// May import `io`, `backend`, `audio`, `audio.source`, `audio.speech`, `corpus`, `model.answer`, `model`, `trace`,
/// `audit`, `audit.attribution`, `train`, `audit.training`, `report.audit`, `setup`, `cli.command`, `cli.predict`.
///
/// Start at [AuditCommand].
@NullMarked
package dev.parallax.cli.audit;

import org.jspecify.annotations.NullMarked;
