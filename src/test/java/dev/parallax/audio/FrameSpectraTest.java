package dev.parallax.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("backend")
class FrameSpectraTest {

    static double[] noise(int n, int seed) {
        RandomStream random = new RandomStream(seed, 0, 0, 0);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.uniform(-1, 1);
        }
        return values;
    }

    /// |X\[k\]|² by the sum that defines it.
    private static double power(double[] x, int k) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < x.length; i++) {
            double angle = 2 * Math.PI * ((long) i * k % x.length) / x.length;
            re += x[i] * Math.cos(angle);
            im -= x[i] * Math.sin(angle);
        }
        return re * re + im * im;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8, 16, 32, 64, 128, 256, 400, 512, 1024, 2048})
    void eachFrameHasTheSpectrumOfTheSum(int n) {
        FrameSpectra.Frames frames =
                new Spectrum(n, Spectrum.Kind.POWER).ofFrames().frames();
        for (int f = 0; f < FrameSpectra.MOST; f++) {
            frames.set(f, noise(n, f));
        }
        frames.transform();
        double[] actual = new double[n / 2 + 1];
        for (int f = 0; f < FrameSpectra.MOST; f++) {
            frames.get(f, actual);
            double[] x = noise(n, f);
            double most = Arrays.stream(actual).max().orElseThrow();
            for (int k = 0; k <= n / 2; k++) {
                assertEquals(power(x, k), actual[k], 1e-13 * most, "frame " + f + ", k " + k);
            }
        }
    }

    @Test
    void theKindIsTakenOfEachValue() {
        int n = 16;
        double[] power = spectrum(n, Spectrum.Kind.POWER);
        double[] magnitude = spectrum(n, Spectrum.Kind.MAGNITUDE);
        double[] periodogram = spectrum(n, Spectrum.Kind.PERIODOGRAM);
        for (int k = 0; k < power.length; k++) {
            assertEquals(Math.sqrt(power[k]), magnitude[k]);
            assertEquals(power[k] / n, periodogram[k]);
        }
    }

    private static double[] spectrum(int n, Spectrum.Kind kind) {
        FrameSpectra.Frames frames = new Spectrum(n, kind).ofFrames().frames();
        frames.set(0, noise(n, 1));
        frames.transform();
        double[] out = new double[n / 2 + 1];
        frames.get(0, out);
        return out;
    }
}
