package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The example of `docs/simd.md`, step by step, and the kernel on the same number.
@Tag("vector")
class SimdChapterTest {

    private static void says(String name, double value) throws IOException {
        String line = String.format(Locale.ROOT, "%s %7.4f", name, value);
        String text = Files.readString(Path.of("docs", "simd.md"));
        assertTrue(text.lines().anyMatch(line::equals), "docs/simd.md lacks the line: " + line);
    }

    @Test
    void exp_example_givesTheNumbersOfTheChapter() throws IOException {
        float x = -3;
        float rounder = 0x1.8p23f;
        float shifted = (float) (x / Math.log(2)) + rounder;
        float n = shifted - rounder;
        assertEquals((int) n, Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(rounder));
        float r = (x - n * 355f / 512) + n * (float) (355.0 / 512 - Math.log(2));
        double q = 0.49999993431962225
                + r
                        * (0.16666520395548362
                                + r * (0.04166839079618409 + r * (0.00836874553377067 + r * 0.001381454156203472)));
        double expOfR = 1 + r + r * r * q;
        float[] y = {x};
        VectorMath.exp(y, 0, y, 0, 1, new float[Lanes.COUNT]);
        assertEquals(y[0], expOfR * Math.pow(2, n), 2 * Math.ulp(y[0]));
        says("n      =", n);
        says("r      =", r);
        says("exp(r) =", expOfR);
        says("exp(x) =", y[0]);
    }
}
