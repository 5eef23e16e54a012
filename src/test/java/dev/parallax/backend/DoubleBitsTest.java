package dev.parallax.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.ShapeException;
import dev.parallax.TestBackends;
import dev.parallax.random.RandomStream;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A double passes through a buffer of floats without a change of its bits, also where their halves are no numbers.
class DoubleBitsTest {

    static DoubleStream doubles() {
        RandomStream random = new RandomStream(1, 0, 2, 3);
        DoubleStream any = DoubleStream.generate(() -> Double.longBitsToDouble(
                        ((long) random.nextInt(Integer.MAX_VALUE) << Integer.SIZE) | random.nextInt(Integer.MAX_VALUE)))
                .limit(20);
        DoubleStream special = DoubleStream.of(
                0,
                -0.0,
                1e300,
                Double.MIN_VALUE,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Double.longBitsToDouble(0x3FF0_0000_7F80_0001L), // the lower half is a signalling NaN as a float
                Double.longBitsToDouble(0x7F80_0001_FFFF_FFFFL)); // so is the upper one
        return DoubleStream.concat(special, any);
    }

    @ParameterizedTest
    @MethodSource("doubles")
    void double_throughABuffer_keepsItsBits(double value) {
        TestBackends.all().forEach(backend -> {
            float[] there = new float[3];
            DoubleBits.put(value, there, 1);
            Buffer buffer = backend.allocate(3);
            backend.upload(there, buffer);
            Buffer copy = backend.allocate(2);
            backend.copy(buffer.slice(1, 2), copy);
            float[] back = new float[2];
            backend.download(copy, back);
            assertEquals(Double.doubleToRawLongBits(value), Double.doubleToRawLongBits(DoubleBits.get(back, 0)));
        });
    }

    /// As devices do, which read a double where it is aligned.
    @Test
    void sumOfSquares_toAnOddPlaceOrOfAnotherLength_isRefused() {
        TestBackends.all().forEach(backend -> {
            Buffer x = backend.allocate(10);
            Buffer out = backend.allocate(6);
            backend.sumOfSquares(x, out.slice(2, 2));
            assertEquals(
                    "a sum of squares is 2 values from an even place on, not 2 from 1 on",
                    refusal(() -> backend.sumOfSquares(x, out.slice(1, 2))));
            assertEquals(
                    "a sum of squares is 2 values from an even place on, not 2 from 3 on",
                    refusal(() -> backend.clipByNorm(1, out.slice(3, 2), x)));
            assertEquals(
                    "a sum of squares is 2 values from an even place on, not 6 from 0 on",
                    refusal(() -> backend.sumOfSquares(x, out)));
        });
    }

    private static String refusal(Executable call) {
        return String.valueOf(assertThrows(ShapeException.class, call).getMessage());
    }
}
