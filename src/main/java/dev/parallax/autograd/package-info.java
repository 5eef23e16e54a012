/// Reverse-mode differentiation: a [Tape] runs operations forward, records them, and goes through them backwards. An
/// operation is one record: its formula, its shape rule, a reference in plain double loops, forward, backward. One
/// test compares the kernels of all operations with the references.
///
/// May import `backend`, `tensor`.
///
/// Start at [Op], read [Tanh] as the smallest example, then [Tape].
@NullMarked
package dev.parallax.autograd;

import org.jspecify.annotations.NullMarked;
