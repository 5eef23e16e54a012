/// Optimisers, clipping and learning-rate schedules over flat parameter buffers.
///
/// May import `backend`, `tensor`, `nn`.
///
/// Start at [Optimizer].
@NullMarked
package dev.parallax.optim;

import org.jspecify.annotations.NullMarked;
