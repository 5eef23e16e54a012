/// The arithmetic: memory and about fifty kernels (inner loops) over flat float32 buffers, behind the interface
/// [Backend]. No other package reads the inside of a [Buffer], so a model works on any backend.
///
/// Imports no other package.
///
/// Start at [Backend]; the plain loops are in `dev.parallax.backend.scalar`, the fast ones in
/// `dev.parallax.backend.vector`, and [dev.parallax.backend.select.Backends] chooses.
@NullMarked
package dev.parallax.backend;

import org.jspecify.annotations.NullMarked;
