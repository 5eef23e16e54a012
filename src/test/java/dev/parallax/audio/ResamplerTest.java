package dev.parallax.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    private static final double RIPPLE_DB = 0.01;
    private static final double ALIAS_DB = -90;

    private static float[] tone(double hz, int rate, int length) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) Math.cos(2 * Math.PI * hz * i / rate);
        }
        return x;
    }

    /// Largest absolute value of the middle half, where the ends of the signal are not felt.
    private static double peak(float[] x) {
        double peak = 0;
        for (int i = x.length / 4; i < 3 * x.length / 4; i++) {
            peak = Math.max(peak, Math.abs(x[i]));
        }
        return peak;
    }

    private static double db(double amplitude) {
        return 20 * Math.log10(amplitude);
    }

    @ParameterizedTest
    @CsvSource({"48000,16000", "44100,16000", "16000,48000", "8000,16000", "22050,16000", "24414,16000", "44101,16000"})
    void resample_toneInPassBand_equalsTheToneAtTheNewRate(int from, int to) {
        double nyquist = Math.min(from, to) / 2.0;
        Resampler resampler = new Resampler(from, to);
        for (double part : new double[] {0.01, 0.3, 0.7, 0.9, 0.92}) {
            double hz = part * nyquist;
            float[] y = resampler.resample(tone(hz, from, from / 5));
            float[] expected = tone(hz, to, y.length);
            float[] difference = new float[y.length];
            for (int i = 0; i < y.length; i++) {
                difference[i] = y[i] - expected[i];
            }
            // gain 1 + e and an alias of amplitude e' cannot differ from the exact tone by less than e and e'
            double limit = Math.pow(10, RIPPLE_DB / 20) - 1;
            assertTrue(peak(difference) < limit, part + " of Nyquist: differs by " + peak(difference));
        }
    }

    @ParameterizedTest
    @CsvSource({"48000,16000", "44100,16000", "16000,8000", "22050,16000", "24414,16000"})
    void resample_toneAboveTheNewNyquist_isRejected(int from, int to) {
        Resampler resampler = new Resampler(from, to);
        for (double part : new double[] {1.0, 1.05, 1.2, 1.35}) {
            double hz = part * to / 2.0;
            double level = db(peak(resampler.resample(tone(hz, from, from / 5))));
            assertTrue(hz > from / 2.0 || level < ALIAS_DB, hz + " Hz comes through at " + level + " dB");
        }
    }

    /// Σ_k x\[k\] h(m·from/to - k) as it stands, its taps scaled to sum to 1.
    private static double formula(float[] x, long m, int from, int to) {
        KaiserSinc h = new KaiserSinc(0.96, 78, KaiserSinc.betaOf(97));
        double lower = Math.min(1, (double) to / from);
        int reach = (int) Math.ceil(78 / lower);
        int middle = (int) (m * from / to);
        double y = 0;
        double sum = 0;
        for (int k = middle - reach; k <= middle + reach + 1; k++) {
            double tap = h.at(lower * ((double) m * from / to - k));
            sum += tap;
            y += k < 0 || k >= x.length ? 0 : tap * x[k];
        }
        return y / sum;
    }

    /// The formula leaves images of the stop band's level where the rates are no multiples, so does a table of taps;
    /// the last four pairs go by a rate between, which leaves others.
    ///
    /// @param limit largest difference for noise of full scale up to the Nyquist frequency; the taps are floats
    @ParameterizedTest
    @CsvSource({
        "48000, 16000, 2e-6",
        "32000, 16000, 2e-6",
        "96000, 16000, 2e-6",
        "192000, 16000, 2e-6",
        "8000, 16000, 2e-6",
        "44100, 16000, 2e-6",
        "24414, 16000, 2e-6",
        "22050, 16000, 2e-6",
        "103, 100, 2e-6",
        "100, 103, 1e-6",
        "11025, 16000, 2e-6",
        "16000, 48000, 1e-6",
        "16000, 100, 2e-6",
        "100, 16000, 2e-6",
        "44101, 16000, 3e-6",
        "24417, 16000, 3e-6",
        "7919, 16000, 5e-6",
        "16000, 16001, 5e-6"
    })
    void resample_noiseOfAnyLength_equalsTheFormula(int from, int to, double limit) {
        Resampler resampler = new Resampler(from, to);
        for (int length : new int[] {1, 2, 79, 4000, 20_011}) {
            RandomStream random = new RandomStream(length, 0, 1, 0);
            float[] x = new float[length];
            for (int i = 0; i < length; i++) {
                x[i] = (float) random.uniform(-1, 1);
            }
            float[] y = resampler.resample(x);
            for (int m = 0; m < y.length; m += Math.max(1, y.length / 500)) {
                assertEquals(formula(x, m, from, to), y[m], limit, length + " samples, output " + m);
            }
            assertEquals(formula(x, y.length - 1, from, to), y[y.length - 1], limit, length + " samples, last output");
        }
    }

    @ParameterizedTest
    @CsvSource({"48000,16000", "44100,16000", "24414,16000", "8000,16000"})
    void resample_onThreads_givesTheSameBits(int from, int to) {
        float[] x = tone(440, from, 3 * from);
        Resampler resampler = new Resampler(from, to);
        assertArrayEquals(resampler.resample(x), resampler.resample(x, 3));
    }

    @ParameterizedTest
    @CsvSource({"48000,16000,2", "44100,16000,2", "24417,16000,2", "8000,16000,2", "48000,16000,50", "44100,16000,50"})
    void resample_digitalSilence_staysIt(int from, int to, int soundAt) {
        float[] x = new float[from];
        x[from / soundAt] = 1;
        float[] y = Resampler.of(from, to).resample(x);
        double reach = 83.0 / Math.min(from, to); // seconds
        for (int m = 0; m < y.length; m++) {
            if (Math.abs((double) m / to - 1.0 / soundAt) > reach) {
                assertEquals(0f, y[m], "output " + m);
            }
        }
        assertTrue(y[to / soundAt] > 0.3);
    }

    @ParameterizedTest
    @CsvSource({"16000,48000,200", "44100,16000,100", "8000,16000,12345", "16000,44100,1", "48000,16000,0"})
    void resample_length_isRoundedUp(int from, int to, int length) {
        float[] y = Resampler.of(from, to).resample(new float[length]);
        assertEquals((int) Math.ceil((double) length * to / from), y.length);
    }

    @Test
    void resample_constant_staysConstant() {
        float[] x = new float[4000];
        Arrays.fill(x, 0.5f);
        float[] y = Resampler.of(44100, 16000).resample(x);
        for (int i = y.length / 4; i < 3 * y.length / 4; i++) {
            assertEquals(0.5, y[i], 1e-6);
        }
    }

    @Test
    void resample_upAndDownAgain_givesTheSignalBack() {
        RandomStream random = new RandomStream(7, 0, 1, 0);
        float[] x = new float[8000];
        for (int harmonic = 1; harmonic < 70; harmonic++) {
            double phase = random.uniform(0, 2 * Math.PI);
            for (int i = 0; i < x.length; i++) {
                x[i] += (float) (0.01 * Math.cos(2 * Math.PI * 105.0 * harmonic * i / 16000 + phase));
            }
        }
        float[] back =
                Resampler.of(48000, 16000).resample(Resampler.of(16000, 48000).resample(x));
        assertEquals(x.length, back.length);
        for (int i = 1000; i < 7000; i++) {
            assertEquals(x[i], back[i], 1e-4);
        }
    }

    @Test
    void resample_impulse_isSymmetricAroundItsPlace() {
        float[] x = new float[2001];
        x[1000] = 1;
        float[] y = Resampler.of(16000, 48000).resample(x);
        assertEquals(0.96, y[3000], 1e-3);
        for (int i = 1; i < 500; i++) {
            assertEquals(y[3000 + i], y[3000 - i], 1e-7);
        }
    }

    @Test
    void resample_equalRates_copies() {
        float[] x = {1, 2, 3};
        float[] y = Resampler.of(16000, 16000).resample(x);
        assertArrayEquals(x, y);
        y[0] = 9;
        assertEquals(1, x[0]);
    }

    /// The table of odd rates has two million taps: those of as many rates as a corpus may have would fill the memory.
    @Test
    void of_manyOddRates_keepsTheLastOnes() {
        Resampler first = Resampler.of(12_001, 12_000);
        Resampler last = first;
        for (int from : new int[] {12_001, 12_007, 12_011, 12_013, 12_017, 12_019, 12_023, 12_029}) {
            last = Resampler.of(from, 12_000);
            assertSame(last, Resampler.of(from, 12_000));
        }
        assertNotSame(first, Resampler.of(12_001, 12_000));
        assertSame(last, Resampler.of(12_029, 12_000));
    }

    @Test
    void constructor_absurdRates_areRefused() {
        assertThrows(BadInputException.class, () -> new Resampler(0, 16000));
        assertThrows(BadInputException.class, () -> new Resampler(16000, 16));
    }
}
