/// The same kernels with the Vector API. No other package names a vector type, so Parallax also runs where the module
/// is missing.
///
/// May import `backend`, `backend.scalar`.
///
/// Start at `Lanes` and `VectorGemm`; `docs/simd.md` explains the choices.
@NullMarked
package dev.parallax.backend.vector;

import org.jspecify.annotations.NullMarked;
