package dev.parallax.pretrained.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ElementTypeTest {

    @Test
    void read_everyHalf_isTheNumberOfIeee754() {
        float[] read = everyPattern(ElementType.F16);
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double size = exponent == 0
                    ? fraction * 0x1p-24 // subnormal
                    : (1 + fraction / 1024.0) * Math.scalb(1.0, exponent - 15);
            if (exponent == 31) {
                size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            double expected = bits >= 1 << 15 ? -size : size;
            assertEquals((float) expected, read[bits], "bits " + Integer.toHexString(bits));
        }
    }

    @Test
    void read_everyBfloat16_isTheUpperHalfOfAFloat() {
        float[] read = everyPattern(ElementType.BF16);
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertEquals(bits << 16, Float.floatToRawIntBits(read[bits]));
        }
    }

    private static float[] everyPattern(ElementType type) {
        ByteBuffer bytes = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 1 << 16; bits++) {
            bytes.putShort((short) bits);
        }
        float[] read = new float[1 << 16];
        type.read(MemorySegment.ofArray(bytes.array()), 0, read.length, 0, read);
        return read;
    }

    @Test
    void read_doubles_areRoundedToTheNearestFloat() {
        double[] values = {1.0 / 3, -1e-300, 1e300, Double.NaN, 1 + 0x1p-25, Float.MIN_VALUE};
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        float[] read = new float[values.length];
        ElementType.F64.read(MemorySegment.ofArray(bytes.array()), 0, read.length, 0, read);
        assertEquals(1f / 3, read[0]);
        assertEquals(-0f, read[1]);
        assertEquals(Float.POSITIVE_INFINITY, read[2]);
        assertTrue(Float.isNaN(read[3]));
        assertEquals(1f, read[4]);
        assertEquals(Float.MIN_VALUE, read[5]);
    }

    @Test
    void read_floatsAtAnOddByte_keepTheirBits() {
        int[] bits = {0x7F800001, 0xFFC12345, 0x80000000, 1}; // a signalling NaN, a quiet one, -0, the smallest
        ByteBuffer bytes = ByteBuffer.allocate(3 + 16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(3);
        for (int each : bits) {
            bytes.putInt(each);
        }
        float[] read = new float[6];
        ElementType.F32.read(MemorySegment.ofArray(bytes.array()), 3, 4, 1, read);
        for (int i = 0; i < bits.length; i++) {
            assertEquals(bits[i], Float.floatToRawIntBits(read[1 + i]));
        }
        assertEquals(0, read[0] + read[5]);
    }
}
