/// Layers: a layer owns named parameters and turns variables into variables; all on ragged sequences.
///
/// May import `backend`, `tensor`, `autograd`.
///
/// Start at [Parameters] and [Pass], read [Linear] as the smallest layer.
@NullMarked
package dev.parallax.nn;

import org.jspecify.annotations.NullMarked;
