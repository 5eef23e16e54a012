/// The command line: [Main] finds the command that was named and runs it. `cli` and what is below it are the only
/// packages that print or exit; nobody else imports them.
///
/// May import `io`, `backend`, `backend.select`, `audio.file`, `audio.features`, `pretrained`, `model`, `report.page`,
/// `cli.command`, `cli.audit`, `cli.inspect`, `cli.listen`, `cli.predict`, `cli.serve`, `cli.train`, `cli.study`,
/// `cli.demo`,
/// `cli.corpus`.
///
/// Start at [Main], then read [dev.parallax.cli.predict.PredictCommand].
@NullMarked
package dev.parallax.cli;

import org.jspecify.annotations.NullMarked;
