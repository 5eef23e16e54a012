package dev.parallax.audio.variation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The room, the music and the silence that recordings get for training.
class RoomsTest {

    private static RandomStream random(int item) {
        return new RandomStream(5, 0, 9, item);
    }

    private static float[] noise(int length, int item) {
        RandomStream random = random(item);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) (0.1 * random.nextGaussian());
        }
        return x;
    }

    private static double energy(double[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[i] * x[i];
        }
        return sum;
    }

    private static double rmsDb(float[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) x[i] * x[i];
        }
        return 10 * Math.log10(sum / (to - from));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "100, 30", "4096, 4096", "4097, 1", "3, 5000", "9000, 4500"})
    void convolution_anyLengths_equalsPlainLoops(int signal, int response) {
        float[] x = noise(signal, 1);
        float[] other = noise(response, 2);
        double[] h = new double[response];
        double[] expected = new double[signal + response - 1];
        for (int k = 0; k < response; k++) {
            h[k] = other[k];
            for (int i = 0; i < signal; i++) {
                expected[i + k] += x[i] * h[k];
            }
        }
        float[] y = Convolution.of(x, h);
        assertEquals(expected.length, y.length);
        for (int i = 0; i < y.length; i++) {
            assertEquals(expected[i], y[i], 1e-6, "sample " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 0.3, 0", "48000, 0.8, 15", "8000, 0.2, -6"})
    void response_ratioAndTime_areWhatIsAskedFor(int rate, double rt60, double drrDb) {
        double[] h = Reverberation.response(rate, rt60, drrDb, random(3));
        assertEquals(1, h[0]);
        assertEquals(0, energy(h, 1, rate / 500), "nothing comes within 2 ms");
        assertEquals(drrDb, -10 * Math.log10(energy(h, 1, h.length)), 1e-9);
        assertEquals(rt60 * rate, h.length - 1, 1);
        // 60 dB within RT60 are 20 dB from one third of it to the next
        int third = h.length / 3;
        int width = third / 4;
        double early = energy(h, third, third + width);
        double late = energy(h, 2 * third, 2 * third + width);
        assertEquals(20, 10 * Math.log10(early / late), 1.5);
    }

    @Test
    void reverberation_click_isTheResponseWithTheDirectSoundInItsPlace() {
        float[] click = new float[500];
        click[100] = 0.5f;
        float[] y =
                Reverberation.apply(new Audio(click, 16000), 0.1, 3, random(4)).samples();
        double[] h = Reverberation.response(16000, 0.1, 3, random(4));
        assertEquals(500 + h.length - 1, y.length);
        for (int i = 0; i < h.length; i++) {
            assertEquals(0.5 * h[i], y[100 + i], 1e-7);
        }
    }

    @Test
    void reverberation_lowestRateOrNoSamples_isFine() {
        Audio empty = new Audio(new float[0], 16000);
        assertSame(empty, Reverberation.apply(empty, 0.5, 3, random(0)));
        float[] y = Reverberation.apply(new Audio(new float[] {1}, 10), 0.05, 0, random(0))
                .samples();
        assertEquals(2, y.length);
        assertEquals(1, Math.abs(y[1]), 1e-6, "the ratio is 0 dB");
    }

    @Test
    void music_anySnr_isExactOverTheWhole() {
        float[] x = noise(16000, 1);
        float[] y = AddedMusic.add(new Audio(x, 16000), 10, random(2)).samples();
        float[] music = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            music[i] = y[i] - x[i];
        }
        assertEquals(10, rmsDb(x, 0, x.length) - rmsDb(music, 0, x.length), 1e-3);
        float[] silence = new float[100];
        assertArrayEquals(
                silence,
                AddedMusic.add(new Audio(silence, 16000), 10, random(2)).samples());
    }

    /// Fundamentals are whole semitones above 110 Hz; between them lies little but the beat.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void music_spectrum_liesOnSemitones(int item) {
        int n = 1 << 16;
        double[] frame = AddedMusic.samples(n, 16000, random(item));
        double[] hann = WindowFunction.HANN_PERIODIC.weights(n);
        for (int i = 0; i < n; i++) {
            frame[i] *= hann[i];
        }
        Spectrum spectrum = new Spectrum(n, Spectrum.Kind.POWER);
        double[] power = new double[spectrum.bins()];
        spectrum.of(spectrum.transform(), frame, power);
        double on = 0;
        double between = 0;
        for (int k = (int) (100.0 * n / 16000); k < 450.0 * n / 16000; k++) {
            double semitones = 12 * Math.log(k * 16000.0 / n / 110) / Math.log(2);
            double distance = Math.abs(semitones - Math.rint(semitones));
            on += distance < 0.25 ? power[k] : 0;
            between += distance >= 0.25 ? power[k] : 0;
        }
        assertTrue(on > 10 * between, on + " on semitones, " + between + " between");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-90, -50})
    void silence_noise_hasItsLevelAndLeavesTheRecording(double db) {
        float[] x = noise(700, 1);
        for (AddedNoise.Color color : AddedNoise.Color.values()) {
            SilenceAround.Amount amount = new SilenceAround.Amount(0.5, 0.25, false, color, db);
            float[] y =
                    SilenceAround.apply(new Audio(x, 8000), amount, random(2)).samples();
            assertEquals(4000 + 700 + 2000, y.length);
            assertArrayEquals(x, Arrays.copyOfRange(y, 4000, 4700));
            float[] around = new float[6000];
            System.arraycopy(y, 0, around, 0, 4000);
            System.arraycopy(y, 4700, around, 4000, 2000);
            assertEquals(db, rmsDb(around, 0, 6000), 1e-4);
        }
    }

    @Test
    void silence_zeros_areZeros() {
        float[] x = {0.5f, -0.5f};
        var amount = new SilenceAround.Amount(0.002, 0.001, true, AddedNoise.Color.WHITE, -50);
        assertArrayEquals(
                new float[] {0, 0, 0.5f, -0.5f, 0},
                SilenceAround.apply(new Audio(x, 1000), amount, random(0)).samples());
    }

    @Test
    void silence_draws_lieInTheirRanges() {
        SilenceAround silence = new SilenceAround(1, 1.5, 0.25, -80, -60);
        int zeros = 0;
        double longest = 0;
        for (int item = 0; item < 1000; item++) {
            SilenceAround.Amount amount = silence.draw(random(item));
            assertTrue(amount.before() >= 0 && amount.before() < 1.5 && amount.after() >= 0 && amount.after() < 1.5);
            assertTrue(amount.db() >= -80 && amount.db() < -60);
            zeros += amount.zeros() ? 1 : 0;
            longest = Math.max(longest, amount.before());
        }
        assertEquals(250, zeros, 50);
        assertEquals(1.5, longest, 0.02);
    }
}
