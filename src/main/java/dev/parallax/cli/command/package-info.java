/// What all commands share: options and their syntax, the console, progress, tables. Commons CLI and progressbar are
/// used only here.
///
/// May import `io`, `backend`, `backend.select`, `fusion`, `audio.file`, `corpus.verify`, `corpus`, `train`,
/// `setup.request`, `setup`.
///
/// Start at [Command] and [Syntax].
@NullMarked
package dev.parallax.cli.command;

import org.jspecify.annotations.NullMarked;
