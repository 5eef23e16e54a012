package dev.parallax.trace;

/// The formula of a step in plain double loops, written without the code that computed it.
@FunctionalInterface
public interface Reference {

    /// The result.
    ///
    /// @param in the elements of each source
    /// @return as many numbers as the step's result has
    double[] of(double[]... in);
}
