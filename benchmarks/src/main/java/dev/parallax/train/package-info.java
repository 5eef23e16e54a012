/// What the benchmarks need of the trainer's inside. Used by `dev.parallax.benchmarks` alone.
@NullMarked
package dev.parallax.train;

import org.jspecify.annotations.NullMarked;

