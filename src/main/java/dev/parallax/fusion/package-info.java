/// How the two perspectives become one: the fusion strategies behind one sealed interface, and the perspective loss.
///
/// May import `io`, `backend`, `tensor`, `autograd`, `nn`.
///
/// Start at [Fusion] and [PerspectiveLoss].
@NullMarked
package dev.parallax.fusion;

import org.jspecify.annotations.NullMarked;
