package dev.parallax.benchmarks;

/// Refuses to time code with other results than the scalar backend.
final class Equality {

    private static final double UNIT = Math.ulp(1f);

    private Equality() {}

    /// Compares results with those of the scalar backend, with the tolerance of the backend's own tests. It is 8 +
    /// terms / 4 units in the last place of the largest value (or of 1).
    ///
    /// @param terms of the longest sum behind a value
    /// @throws IllegalStateException when they differ by more, with the place
    static void require(String what, float[] expected, float[] actual, int terms) {
        if (expected.length != actual.length) {
            throw new IllegalStateException(what + ": " + actual.length + " values, expected " + expected.length);
        }
        double largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        double allowed = largest * UNIT * (8 + 0.25 * terms);
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs((double) expected[i] - actual[i]) <= allowed)) {
                throw new IllegalStateException(what + ": value " + i + " is " + actual[i] + ", expected " + expected[i]
                        + " within " + allowed);
            }
        }
    }
}
