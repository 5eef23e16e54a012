package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagnitudeTest {

    @ParameterizedTest
    @CsvSource({"0.4, 0", "32767, 32767", "2147483648, 2147483648", "3.4e38, 3.4e+38", "-1e38, -1.0e+38"})
    void of_anySize_isShort(double value, String shown) {
        assertEquals(shown, Magnitude.of(value));
    }
}
