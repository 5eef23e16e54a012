/// The kernels as plain loops, the way a textbook writes them. Every faster backend is tested against them.
///
/// May import `backend`.
///
/// Start at [ScalarBackend], then read the family that you care about, such as `ScalarLstm`.
@NullMarked
package dev.parallax.backend.scalar;

import org.jspecify.annotations.NullMarked;
