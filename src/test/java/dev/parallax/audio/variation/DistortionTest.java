package dev.parallax.audio.variation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.source.MemoryAudio;
import dev.parallax.audio.variation.Distortion.Narrowband;
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
        return 10 * Math.log10(sum / (x.length / 2.0) + 1e-30);
    }

    private static double gainDb(Distortion distortion, double hz, int rate) {
        Audio tone = tone(hz, rate);
        return levelDb(distortion.apply(tone, random(1))) - levelDb(tone);
    }

    /// The gain of a filter at a frequency, by the sum that is its transfer function.
    private static double gainDb(double[] response, double hz, int rate) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < response.length; n++) {
            re += response[n] * Math.cos(2 * Math.PI * hz * n / rate);
            im -= response[n] * Math.sin(2 * Math.PI * hz * n / rate);
        }
        return 10 * Math.log10(re * re + im * im + 1e-30);
    }

    @ParameterizedTest
    @CsvSource({
        "300, 3400, 8000",
        "300, 3400, 16000",
        "300, 3400, 44100",
        "300, 3400, 7000",
        "0, 3400, 8000",
        "0, 5500, 16000",
        "0, 5500, 44100",
        "0, 5500, 11000"
    })
    void bandPass_anyRate_isFlatInTheBandAndLowBeyond(double from, double to, int rate) {
        double[] response = new BandPass(from, to).response(rate);
        assertEquals(1, response.length % 2, "no delay");
        double top = to + 100 <= rate / 2.0 ? to : rate / 2.0;
        for (double hz = from; hz <= top; hz += 10) {
            assertEquals(0, gainDb(response, hz, rate), 0.02, hz + " Hz");
        }
        for (double hz = 0; hz <= from - 100; hz += 10) {
            assertTrue(gainDb(response, hz, rate) < -60, hz + " Hz");
        }
        for (double hz = to + 100; hz <= rate / 2.0; hz += 10) {
            assertTrue(gainDb(response, hz, rate) < -60, hz + " Hz");
        }
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
        assertEquals(
                0, new BandPass(0, 3400).apply(new Audio(new float[0], 16000)).samples().length);
    }

    @Test
    void bandPass_edgesThatAreNone_areRefused() {
        assertEquals(
                "band-pass filter: 50.0 to 3400.0 Hz; the lower edge must be 0 or above 100.0 Hz, and the upper edge above"
                        + " it",
                Refusal.of(() -> new BandPass(50, 3400)));
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 44100})
    void telephone_tones_passFrom300To3400Hz(int rate) {
        for (double hz : new double[] {310, 500, 1000, 2000, 3000, 3390}) {
            assertEquals(0, gainDb(Narrowband.TELEPHONE, hz, rate), 0.05, hz + " Hz");
        }
        for (double hz : new double[] {50, 100, 190, 3510, 3700, 3900}) {
            double gain = gainDb(Narrowband.TELEPHONE, hz, rate);
            assertTrue(gain < -50, hz + " Hz: " + gain);
        }
        Audio heard = Narrowband.TELEPHONE.apply(tone(1000, rate), random(1));
        assertEquals(8000, heard.sampleRate());
        assertEquals(8000, heard.samples().length);
    }

    @Test
    void gsm_tones_passBelow3400HzIn13Bits() {
        assertEquals(0, gainDb(Narrowband.GSM, 60, 16000), 0.05);
        assertEquals(0, gainDb(Narrowband.GSM, 3390, 16000), 0.05);
        assertTrue(gainDb(Narrowband.GSM, 3510, 16000) < -50);
        int[] steps = new int[2];
        for (float x : Narrowband.GSM.apply(tone(700, 16000), random(1)).samples()) {
            assertEquals(Math.rint(4096.0 * x), 4096.0 * x, 0, "a multiple of 2^-12");
            steps[Math.rint(2048.0 * x) == 2048.0 * x ? 0 : 1]++;
        }
        assertTrue(steps[1] > 1000, "and not of 2^-11: " + steps[1]);
    }

    @Test
    void narrowband_moreBitsThanSamplesHave_isRefused() {
        assertEquals("narrowband: bits is 17, must be in [0, 16]", Refusal.of(() -> new Narrowband(0, 17)));
    }

    @Test
    void lowPass_edgeBeyondTheRate_changesNothing() {
        Audio tone = tone(1000, 8000);
        assertArrayEquals(
                tone.samples(),
                new Distortion.LowPass(5500).apply(tone, random(1)).samples(),
                1e-6f);
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

    /// The energy of what is still to come (Schroeder's integral, 1965) falls by 60 dB within RT60: the slope of the
    /// straight line through its levels from -5 to -35 dB, without the direct sound.
    @ParameterizedTest
    @CsvSource({"16000, 0.3", "16000, 0.6", "16000, 1.0", "8000, 0.6", "44100, 0.3"})
    void room_decay_hasTheReverberationTime(int rate, double rt60) {
        float[] impulse = new float[100];
        impulse[0] = 1;
        float[] h = new Distortion.Room(rt60, 0)
                .apply(new Audio(impulse, rate), random(3))
                .samples();
        double[] rest = new double[h.length + 1];
        for (int i = h.length - 1; i > 0; i--) {
            rest[i] = rest[i + 1] + (double) h[i] * h[i];
        }
        assertEquals((double) h[0] * h[0], rest[1], 1e-3, "as much energy in the tail as in the direct sound");
        double n = 0;
        double t = 0;
        double tt = 0;
        double l = 0;
        double tl = 0;
        for (int i = 1; i < h.length; i++) {
            double level = 10 * Math.log10(rest[i] / rest[1]);
            if (level <= -5 && level >= -35) {
                double time = (double) i / rate;
                n++;
                t += time;
                tt += time * time;
                l += level;
                tl += time * level;
            }
        }
        double slope = (n * tl - t * l) / (n * tt - t * t);
        assertEquals(rt60, -60 / slope, 0.05 * rt60);
    }

    @Test
    void clipping_tone_isCutBelowItsPeak() {
        float[] x = tone(440, 16000).samples();
        float[] y =
                new Distortion.Clipping(6).apply(new Audio(x, 16000), random(1)).samples();
        double most = 0.5 * Math.pow(10, -0.3);
        for (int i = 0; i < x.length; i++) {
            assertEquals(Math.clamp(x[i], -most, most), y[i], 1e-4);
        }
    }

    /// A second of a tone, a pause, half a second of a tone, between a second of faint noise on either side.
    @Test
    void silenceCut_speechBetweenSilence_leavesSpeechAndItsPause() {
        int rate = 16000;
        float[] x = new float[9 * rate / 2];
        RandomStream random = random(4);
        for (int i = 0; i < x.length; i++) {
            boolean speaks = (i >= rate && i < 2 * rate) || (i >= 3 * rate && i < 7 * rate / 2);
            x[i] = (float) ((speaks ? 0.3 * Math.sin(2 * Math.PI * 300 * i / rate) : 0) + 1e-4 * random.nextGaussian());
        }
        Audio audio = new Audio(x, rate);
        Distortion cut = new Distortion.SilenceCut();
        Audio left = cut.apply(audio, random(1));
        assertEquals(2.5, left.seconds(), 0.08);
        assertEquals(1, cut.cutSeconds(audio), 0.04);
        int start = (int) Math.round(cut.cutSeconds(audio) * rate);
        assertEquals(x[start + 20000], left.samples()[20000]);
        Audio silence = new Audio(new float[rate], rate);
        assertSame(silence, cut.apply(silence, random(1)));
        assertEquals(0, cut.cutSeconds(silence));
    }

    @Test
    void distortedAudio_sameContent_givesTheSameBitsWhereverItIsRead() {
        Distortion noise = new Distortion.Noise(AddedNoise.Color.PINK, 5);
        DistortedAudio one = new DistortedAudio(new MemoryAudio(tone(440, 16000), "a"), noise, 1);
        DistortedAudio other = new DistortedAudio(new MemoryAudio(tone(440, 16000), "b"), noise, 1);
        assertArrayEquals(one.read().samples(), other.read().samples());
        assertEquals(one.contentHash(), other.contentHash());
        DistortedAudio softer = new DistortedAudio(one.original(), new Distortion.Noise(AddedNoise.Color.PINK, 10), 1);
        assertNotEquals(one.contentHash(), softer.contentHash());
        assertNotEquals(one.contentHash(), new DistortedAudio(one.original(), noise, 2).contentHash(), "another seed");
    }
}
