/// Counter-based random numbers. Every random number of the project comes from here, so the same seed gives the same
/// result on any number of threads.
///
/// Imports no other package.
///
/// Start at [Philox].
@NullMarked
package dev.parallax.random;

import org.jspecify.annotations.NullMarked;
