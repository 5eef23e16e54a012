/// Reverse-mode differentiation: a [Tape] runs operations forward, remembers them, and walks back. An operation is one
/// record: its formula, its shape rule, a reference in plain double loops, forward, backward. One test holds the
/// kernels of all operations against the references.
///
/// May import `backend`, `tensor`.
///
/// Start at [Op], read [Tanh] as the smallest example, then [Tape].
@NullMarked
package dev.parallax.autograd;

import org.jspecify.annotations.NullMarked;
