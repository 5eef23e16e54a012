/// Reverse-mode differentiation: a [Tape] runs operations forward, remembers them, and walks back. May import `tensor`
/// and `backend`. Start at [Op], read [Tanh] as the smallest example, then [Tape].
///
/// An operation is one record: its formula, its shape rule, a reference in plain double loops, forward, backward. The
/// references are the mathematics; the kernels are held against them by one test that runs over all operations.
@NullMarked
package dev.parallax.autograd;

import org.jspecify.annotations.NullMarked;
