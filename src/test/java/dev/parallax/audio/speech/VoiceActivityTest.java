package dev.parallax.audio.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Voice activity, segmentation.
class VoiceActivityTest {

    private static final int RATE = 16000;

    /// Noise throughout and a swelling buzz from each `from` to `to` [s].
    private static Audio speech(double seconds, double noiseDb, double... fromTo) {
        RandomStream random = new RandomStream(2, 0, 1, 0);
        float[] x = new float[(int) (seconds * RATE)];
        double noise = Math.pow(10, noiseDb / 20);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (noise * random.nextGaussian());
        }
        for (int s = 0; s < fromTo.length; s += 2) {
            int from = (int) Math.round(fromTo[s] * RATE);
            int to = (int) Math.round(fromTo[s + 1] * RATE);
            for (int i = from; i < to; i++) {
                double syllables = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * (i - from) / RATE);
                x[i] += (float) (0.2 * syllables * Math.signum(Math.sin(2 * Math.PI * 150 * i / RATE)));
            }
        }
        return new Audio(x, RATE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-80, -50, -34})
    void of_speechInNoise_isFoundWithItsHangover(double noiseDb) {
        boolean[] speech = VoiceActivity.STANDARD.of(speech(6, noiseDb, 1, 2.5, 4, 5));
        assertEquals(600, speech.length);
        for (int b = 0; b < 600; b++) {
            double t = b / 100.0;
            boolean inside = (t > 1.03 && t < 2.47) || (t > 4.03 && t < 4.97);
            boolean outside = t < 0.96 || (t > 2.75 && t < 3.96) || t > 5.25;
            assertTrue(!inside || speech[b], "missed at " + t);
            assertTrue(!outside || !speech[b], "wrong at " + t);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-50, -30, -10, 6})
    void of_sameSoundFainterOrLouder_isTheSameSpeech(double gainDb) {
        Audio audio = speech(6, -70, 1, 2.5, 4, 5);
        boolean[] expected = VoiceActivity.STANDARD.of(audio);
        float[] x = audio.samples().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] *= (float) Math.pow(10, gainDb / 20);
        }
        assertArrayEquals(expected, VoiceActivity.STANDARD.of(new Audio(x, RATE)));
    }

    @Test
    void of_noiseThatGrows_staysNoise() {
        Audio audio = speech(20, -60, 3, 4);
        for (int i = 0; i < audio.samples().length; i++) {
            audio.samples()[i] *= (float) Math.pow(10, i / (20.0 * audio.samples().length) * 20);
        }
        boolean[] speech = VoiceActivity.STANDARD.of(audio);
        for (int b = 600; b < 2000; b++) {
            assertTrue(!speech[b], "noise taken for speech at block " + b);
        }
    }

    /// The machine runs for the last 3 s, 30 dB above the room; nobody speaks then.
    @Test
    void of_noiseThatSetsIn_isNoSpeech() {
        Audio audio = speech(12, -70, 1, 2.5, 4, 8.9);
        Audio machine = speech(12, -40);
        System.arraycopy(machine.samples(), 9 * RATE, audio.samples(), 9 * RATE, 3 * RATE);
        boolean[] speech = VoiceActivity.STANDARD.of(audio);
        for (int b = 0; b < speech.length; b++) {
            double t = b / 100.0;
            boolean inside = (t > 1.03 && t < 2.47) || (t > 4.03 && t < 8.87);
            assertTrue(!inside || speech[b], "missed at " + t);
            assertTrue(!speech[b] || t < 9.15, "noise taken for speech at " + t);
        }
    }

    @Test
    void of_silenceOffsetOrClick_isNoSpeech() {
        float[] x = new float[RATE];
        for (boolean block : VoiceActivity.STANDARD.of(new Audio(x, RATE))) {
            assertTrue(!block);
        }
        Arrays.fill(x, 0.3f);
        for (boolean block : VoiceActivity.STANDARD.of(new Audio(x, RATE))) {
            assertTrue(!block);
        }
        VoiceActivity strict = new VoiceActivity(9, 6, 2, 40, 0.1, 0.2);
        boolean[] click = strict.of(speech(2, -70, 1, 1.004));
        for (boolean block : click) {
            assertTrue(!block);
        }
        assertEquals(0, VoiceActivity.STANDARD.of(new Audio(new float[0], RATE)).length);
    }

    @Test
    void segments_gaps_areMergedOrKept() {
        List<Segment> segments = Segmentation.STANDARD.of(speech(10, -60, 1, 2, 2.3, 3, 6, 7, 8.5, 8.6));
        assertEquals(2, segments.size(), segments.toString());
        assertEquals(0.9, segments.getFirst().start() / 16000.0, 0.05);
        assertEquals(3.3, segments.getFirst().end() / 16000.0, 0.05);
        assertEquals(5.9, segments.get(1).start() / 16000.0, 0.05);
    }

    @Test
    void segments_longSpeech_isCutWithoutLosingOrDoublingASample() {
        Segmentation settings = new Segmentation(VoiceActivity.STANDARD, 0.3, 0.1, 0.3, 4);
        List<Segment> segments = settings.of(speech(21, -60, 0.5, 20.5));
        assertTrue(segments.size() >= 6, segments.toString());
        for (int i = 0; i < segments.size(); i++) {
            assertTrue(segments.get(i).length() <= 4 * RATE, segments.toString());
            if (i > 0) {
                assertEquals(segments.get(i - 1).end(), segments.get(i).start());
            }
        }
    }

    @Test
    void segments_file_areThoseOfItsSound() {
        Audio audio = speech(25, -60, 1, 2, 9.5, 10.7, 19.8, 20.4, 24.9, 25);
        byte[] wav = WavWriter.FLOAT_32.toBytes(audio);
        try (AudioFile file = AudioFile.of(wav, "x.wav", warning -> {})) {
            assertEquals(Segmentation.STANDARD.of(audio), Segmentation.STANDARD.of(file));
        }
        assertEquals(List.of(), Segmentation.STANDARD.of(speech(3, -60)));
    }

    @Test
    void constructor_settingsThatDoNotFit_areRefused() {
        assertTrue(Refusal.of(() -> new VoiceActivity(5, 6, 2, 40, 0, 0)).contains("offDb 6.0"));
        assertTrue(Refusal.of(() -> new Segmentation(VoiceActivity.STANDARD, 0, 1, 0, 1.5))
                .contains("above twice marginSeconds"));
    }
}
