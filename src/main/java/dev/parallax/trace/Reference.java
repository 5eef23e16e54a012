package dev.parallax.trace;

/// The formula of a step in plain double loops, written without the code that computed it.
@FunctionalInterface
public interface Reference {

    /// The result.
    ///
    /// @param in the elements of each source
    /// @return as many numbers as the step's result has; NaN where the formula says nothing of one
    double[] of(double[]... in);
}
