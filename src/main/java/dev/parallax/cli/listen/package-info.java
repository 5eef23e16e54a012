/// The command `listen`: answers in the terminal while somebody speaks.
///
/// May import `io`, `backend`, `audio`, `audio.file`, `fusion`, `data`, `corpus.synthetic`, `model`, `model.live`,
/// `model.document`, `report`, `setup`, `cli.command`, `cli.predict`.
///
/// Start at [ListenCommand].
@NullMarked
package dev.parallax.cli.listen;

import org.jspecify.annotations.NullMarked;
