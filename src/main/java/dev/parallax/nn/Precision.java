package dev.parallax.nn;

/// How precisely the weights of products are kept in [Parameters#freeze].
public enum Precision {
    /// As they are given. Those that are all numbers of bfloat16, as in a checkpoint of that type, may be kept as such:
    /// the products are the same.
    FLOAT32,
    /// Rounded to bfloat16, 8 bits of precision, half to even: half of the memory.
    BFLOAT16;

    private static final int BITS = 16;
    private static final int UPPER = 0xFFFF0000;
    private static final int HALF = 0x7FFF;

    /// These values, each rounded; infinities and NaN stay what they are.
    float[] round(float[] values) {
        if (this == FLOAT32) {
            return values;
        }
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int bits = Float.floatToRawIntBits(values[i]);
            int even = (bits >>> BITS) & 1;
            rounded[i] = Float.isFinite(values[i])
                    ? Float.intBitsToFloat((bits + HALF + even) & UPPER)
                    : Float.intBitsToFloat(Float.floatToIntBits(values[i]) & UPPER);
        }
        return rounded;
    }
}
