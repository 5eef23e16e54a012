/// The command `serve`: models as a service over HTTP.
///
/// May import `io`, `backend`, `report`, `serve`, `setup.request`, `setup`, `cli.command`.
///
/// Start at [ServeCommand].
@NullMarked
package dev.parallax.cli.serve;

import org.jspecify.annotations.NullMarked;
