/// How good predictions are: scores, calibration. Plain arrays in, records out; imports no other package than the root.
/// Start at [Metrics].
@NullMarked
package dev.parallax.eval;

import org.jspecify.annotations.NullMarked;
