/// The command line: one class a command, and the only place of Parallax that prints or exits. May import every other
/// package; nobody imports it. Commons CLI and progressbar are used here and nowhere else. Start at [Main], then read
/// the command you care about: [PredictCommand] is the way of one recording to one emotion.
@NullMarked
package dev.parallax.cli;

import org.jspecify.annotations.NullMarked;
