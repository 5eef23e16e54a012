/// Layers: a layer owns named parameters and maps variables to variables; all work on ragged sequences.
///
/// May import `backend`, `tensor`, `autograd`.
///
/// Start at [Parameters] and [Pass], read [Linear] as the smallest layer.
@NullMarked
package dev.parallax.nn;

import org.jspecify.annotations.NullMarked;
