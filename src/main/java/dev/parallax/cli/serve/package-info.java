/// The command `serve`: models as a service over HTTP.
///
/// May import `io`, `backend`, `model`, `report`, `serve`, `setup`, `cli.command`.
///
/// Start at [ServeCommand].
@NullMarked
package dev.parallax.cli.serve;

import org.jspecify.annotations.NullMarked;
