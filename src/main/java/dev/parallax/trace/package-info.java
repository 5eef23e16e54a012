/// A computation as the list of its steps: what was done to which values, and what came of it.
///
/// May import `io`, `backend`, `tensor`, `autograd`.
///
/// Start at [Trace].
@NullMarked
package dev.parallax.trace;

import org.jspecify.annotations.NullMarked;
