package dev.parallax.backend;

/// A double in two places of a buffer of floats, bit for bit: its lower 32 bits, then its upper ones, as devices have
/// them. So a sum in double stays where it was computed, and is read together with floats. As floats the two mean
/// nothing: they may be copied, not computed with.
public final class DoubleBits {

    /// Values that it takes.
    public static final int PLACES = 2;

    private DoubleBits() {}

    /// The double at `values[at]` and `values[at + 1]`.
    public static double get(float[] values, int at) {
        long low = Integer.toUnsignedLong(Float.floatToRawIntBits(values[at]));
        long high = Float.floatToRawIntBits(values[at + 1]);
        return Double.longBitsToDouble(high << Integer.SIZE | low);
    }

    /// Writes a double to `out[at]` and `out[at + 1]`.
    public static void put(double value, float[] out, int at) {
        long bits = Double.doubleToRawLongBits(value);
        out[at] = Float.intBitsToFloat((int) bits);
        out[at + 1] = Float.intBitsToFloat((int) (bits >>> Integer.SIZE));
    }
}
