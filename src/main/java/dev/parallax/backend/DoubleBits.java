package dev.parallax.backend;

import dev.parallax.ShapeException;

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

    /// The double in a buffer.
    public static double get(HostBuffer two) {
        require(two.length(), two.offset);
        return get(two.array, two.offset);
    }

    /// Writes a double to a buffer.
    public static void put(double value, HostBuffer out) {
        require(out.length(), out.offset);
        put(value, out.array, out.offset);
    }

    /// Requires a buffer that can have a double. Devices need it aligned, so all backends refuse another.
    ///
    /// @param length its length
    /// @param offset where it begins in its storage
    /// @throws ShapeException when it is not 2 values from an even place on
    public static void require(int length, int offset) {
        if (length != PLACES || offset % PLACES != 0) {
            throw new ShapeException(
                    "a sum of squares is 2 values from an even place on, not " + length + " from " + offset + " on");
        }
    }

    /// Writes a double to `out[at]` and `out[at + 1]`.
    public static void put(double value, float[] out, int at) {
        long bits = Double.doubleToRawLongBits(value);
        out[at] = Float.intBitsToFloat((int) bits);
        out[at + 1] = Float.intBitsToFloat((int) (bits >>> Integer.SIZE));
    }
}
