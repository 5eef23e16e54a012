/// Chooses the backend for this machine, and checks it before it is used.
///
/// May import `backend`, `backend.scalar`, `backend.vector`, `backend.device`, `backend.cases`.
///
/// Start at [Backends].
@NullMarked
package dev.parallax.backend.select;

import org.jspecify.annotations.NullMarked;
