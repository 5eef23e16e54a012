/// The arithmetic: memory and about fifty kernels over flat float32 buffers, behind the interface [Backend]. Nobody
/// else looks inside a [Buffer], so a model does not know where it runs.
///
/// Imports no other package.
///
/// Start at [Backend]; the plain loops are in [dev.parallax.backend.scalar], the fast ones in
/// [dev.parallax.backend.vector], and [dev.parallax.backend.select.Backends] chooses.
@NullMarked
package dev.parallax.backend;

import org.jspecify.annotations.NullMarked;
