package dev.parallax.backend.cases;

/// What a kernel wrote into one of its destinations, in a case of [KernelCases].
public final class KernelResult {

    private static final double UNIT = Math.ulp(1f);
    private static final double UNITS_PER_TERM = 0.25; // roundings partly cancel
    private static final double UNITS_OF_A_FORMULA = 8;

    private final float[] values;
    private final int terms;

    KernelResult(float[] values, int terms) {
        this.values = values;
        this.terms = terms;
    }

    /// The values, a copy.
    public float[] values() {
        return values.clone();
    }

    /// The largest difference to these values, as a fraction of what is allowed. Allowed are 8 + n / 4 units in the
    /// last place of the largest value (or of 1), where n is the number of terms of the longest sum. Infinite where
    /// only one of the two is NaN, or where the lengths differ.
    public double errorOf(KernelResult other) {
        if (other.values.length != values.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 1;
        double difference = 0;
        for (int i = 0; i < values.length; i++) {
            if (Float.floatToIntBits(values[i]) == Float.floatToIntBits(other.values[i])) {
                continue;
            }
            largest = Math.max(largest, Math.abs(values[i]));
            double here = Math.abs((double) values[i] - other.values[i]);
            difference = Math.max(difference, Double.isNaN(here) ? Double.POSITIVE_INFINITY : here);
        }
        return difference / (largest * UNIT * (UNITS_OF_A_FORMULA + UNITS_PER_TERM * terms));
    }
}
