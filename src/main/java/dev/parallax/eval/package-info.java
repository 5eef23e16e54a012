/// How good predictions are, and how sure one can be of it. Plain arrays in, records out.
///
/// Imports no other package.
///
/// Start at [Metrics]; certainty is in [Bootstrap], [ApproximateRandomization], [Holm] and [Power], over
/// [Clusters]; selective answers are in [RiskCoverage].
@NullMarked
package dev.parallax.eval;

import org.jspecify.annotations.NullMarked;
