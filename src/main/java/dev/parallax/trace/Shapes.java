package dev.parallax.trace;

import java.util.List;

/// Shapes as lists of sizes.
final class Shapes {

    private Shapes() {}

    /// The number of elements.
    ///
    /// @throws ArithmeticException if it is no int
    static int count(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
