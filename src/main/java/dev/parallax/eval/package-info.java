/// How good predictions are, how sure one can be of it, and what a linear model reaches. Plain
/// arrays in, records out; imports no other package than the root and `random`. Start at [Metrics].
///
/// - scores: [Metrics], [Calibration], [ClusterScore], [Spread]
/// - certainty: [Bootstrap], [ApproximateRandomization], [Holm], over [Clusters]
/// - what any model must beat: [SoftmaxRegression] on functionals of the audio or a [BagOfWords]
/// - models trained apart, fused by their answers: [DecisionFusion], [DecisionStack]
/// - a closer look: [Agreement], [Pca], [TextOverlap]
@NullMarked
package dev.parallax.eval;

import org.jspecify.annotations.NullMarked;
