/// Baselines that any model must beat: linear models on functionals or on a bag of words, and fusion of the answers
/// of models that were trained apart. Also principal components.
///
/// May import `eval`.
///
/// Start at [SoftmaxRegression].
@NullMarked
package dev.parallax.eval.baseline;

import org.jspecify.annotations.NullMarked;
