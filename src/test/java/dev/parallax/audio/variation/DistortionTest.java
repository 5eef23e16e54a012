package dev.parallax.audio.variation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.source.MemoryAudio;
import dev.parallax.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The conditions under which robustness is measured are what they say.
class DistortionTest {

    private static RandomStream random(int item) {
        return new RandomStream(5, 0, 9, item);
    }

    private static Audio tone(double hz, int rate) {
        float[] x = new float[rate];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / rate));
        }
        return new Audio(x, rate);
    }

    /// Power of the middle half [dB].
    private static double levelDb(Audio audio) {
        float[] x = audio.samples();
        double sum = 0;
        for (int i = x.length / 4; i < 3 * x.length / 4; i++) {
            sum += (double) x[i] * x[i];
        }
        return 10 * Math.log10(sum / (x.length / 2) + 1e-30);
    }

    private static double gainDb(Distortion distortion, double hz, int rate) {
        Audio tone = tone(hz, rate);
        return levelDb(distortion.apply(tone, random(1))) - levelDb(tone);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 44100})
    void telephone_tones_passFrom300To3400Hz(int rate) {
        Distortion telephone = new Distortion.Telephone();
        for (double hz : new double[] {310, 500, 1000, 2000, 3000, 3390}) {
            assertEquals(0, gainDb(telephone, hz, rate), 0.05, hz + " Hz");
        }
        for (double hz : new double[] {50, 100, 190, 3510, 3700, 3900}) {
            assertTrue(gainDb(telephone, hz, rate) < -50, hz + " Hz: " + gainDb(telephone, hz, rate));
        }
        assertEquals(8000, telephone.apply(tone(1000, rate), random(1)).sampleRate());
    }

    @ParameterizedTest
    @CsvSource({"5500, 16000", "3400, 16000", "3400, 44100", "5500, 44100"})
    void lowPass_tones_passBelowTheEdge(double edge, int rate) {
        Distortion filter = new Distortion.LowPass(edge);
        assertEquals(0, gainDb(filter, 60, rate), 0.05);
        assertEquals(0, gainDb(filter, edge - 10, rate), 0.05);
        assertTrue(gainDb(filter, edge + 110, rate) < -50);
        assertTrue(gainDb(filter, edge + 1500, rate) < -55);
    }

    @Test
    void lowPass_edgeBeyondTheRate_changesNothing() {
        Audio tone = tone(1000, 8000);
        assertArrayEquals(
                tone.samples(), new Distortion.LowPass(5500).apply(tone, random(1)).samples(), 1e-6f);
    }

    @Test
    void bandPass_impulse_staysInPlace() {
        float[] x = new float[16000];
        x[8000] = 1;
        float[] y = new BandPass(0, 3400).apply(new Audio(x, 16000)).samples();
        int largest = 0;
        for (int i = 0; i < y.length; i++) {
            largest = y[i] > y[largest] ? i : largest;
        }
        assertEquals(8000, largest);
        assertEquals(16000, y.length);
    }

    @ParameterizedTest
    @EnumSource(AddedNoise.Color.class)
    void noise_snr_isExactWithinATenthOfADecibel(AddedNoise.Color color) {
        Audio tone = tone(440, 16000);
        for (double snr : new double[] {20, 10, 5, 0}) {
            float[] y = new Distortion.Noise(color, snr).apply(tone, random(2)).samples();
            double signal = 0;
            double noise = 0;
            for (int i = 0; i < y.length; i++) {
                double x = tone.samples()[i];
                signal += x * x;
                noise += (y[i] - x) * (y[i] - x);
            }
            assertEquals(snr, 10 * Math.log10(signal / noise), 0.1);
        }
    }

    /// The energy of what is still to come falls by 60 dB within RT60 (Schroeder's integral): here from -5 to -35 dB
    /// by a straight line, the mean of 20 rooms.
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 1.0})
    void room_decay_hasTheReverberationTime(double rt60) {
        int rate = 16000;
        double sum = 0;
        for (int item = 0; item < 20; item++) {
            float[] impulse = new float[rate];
            impulse[0] = 1;
            float[] h = new Distortion.Room(rt60, 0)
                    .apply(new Audio(impulse, rate), random(item))
                    .samples();
            double[] rest = new double[h.length + 1];
            for (int i = h.length - 1; i > 0; i--) {
                rest[i] = rest[i + 1] + (double) h[i] * h[i];
            }
            int from = 1;
            while (10 * Math.log10(rest[from] / rest[1]) > -5) {
                from++;
            }
            int to = from;
            while (10 * Math.log10(rest[to] / rest[1]) > -35) {
                to++;
            }
            sum += 2.0 * (to - from) / rate;
        }
        assertEquals(rt60, sum / 20, 0.05 * rt60);
    }

    @Test
    void clipping_tone_isCutBelowItsPeak() {
        float[] x = tone(440, 16000).samples();
        float[] y = new Distortion.Clipping(6).apply(new Audio(x, 16000), random(1)).samples();
        double most = 0.5 * Math.pow(10, -0.3);
        for (int i = 0; i < x.length; i++) {
            assertEquals(Math.clamp(x[i], -most, most), y[i], 1e-4);
        }
    }

    /// A second of a tone between a second of faint noise on either side.
    @Test
    void silenceCut_toneBetweenSilence_leavesTheTone() {
        int rate = 16000;
        float[] x = new float[3 * rate];
        RandomStream random = random(4);
        for (int i = 0; i < x.length; i++) {
            double tone = i >= rate && i < 2 * rate ? 0.3 * Math.sin(2 * Math.PI * 300 * i / rate) : 0;
            x[i] = (float) (tone + 1e-4 * random.nextGaussian());
        }
        float[] y = new Distortion.SilenceCut().apply(new Audio(x, rate), random(1)).samples();
        assertEquals(rate, y.length, 0.1 * rate);
        Audio silence = new Audio(new float[rate], rate);
        assertEquals(rate, new Distortion.SilenceCut().apply(silence, random(1)).samples().length);
    }

    @Test
    void distortedAudio_sameContent_givesTheSameBitsWhereverItIsRead() {
        Distortion noise = new Distortion.Noise(AddedNoise.Color.PINK, 5);
        DistortedAudio one = new DistortedAudio(new MemoryAudio(tone(440, 16000), "a"), noise, 1);
        DistortedAudio other = new DistortedAudio(new MemoryAudio(tone(440, 16000), "b"), noise, 1);
        assertArrayEquals(one.read().samples(), other.read().samples());
        assertEquals(one.contentHash(), other.contentHash());
        DistortedAudio softer = new DistortedAudio(
                one.original(), new Distortion.Noise(AddedNoise.Color.PINK, 10), 1);
        assertNotEquals(one.contentHash(), softer.contentHash());
        assertFalse(noise.movesTime());
    }
}
