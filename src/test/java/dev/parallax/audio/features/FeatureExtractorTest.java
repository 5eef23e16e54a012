package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureExtractorTest {

    private static final FeatureConfig SPEECH = FeatureConfig.preset("speech");
    private final List<String> warnings = new ArrayList<>();

    /// A voice of 110 to 150 Hz whose harmonics fall by 12 dB per octave, and which swells three times from silence
    /// in two seconds.
    private static double voice(double seconds, int harmonics) {
        double phase = 2 * Math.PI * (130 * seconds + 20 / (2 * Math.PI * 1.5) * Math.sin(2 * Math.PI * 1.5 * seconds));
        double loudness = 0.5 - 0.5 * Math.cos(2 * Math.PI * 1.5 * seconds);
        double sum = 0;
        for (int k = 1; k <= harmonics; k++) {
            sum += Math.sin(k * phase + k) / (k * k);
        }
        return 0.4 * loudness * sum;
    }

    private static Audio voice(int rate, double seconds, double step) {
        float[] x = new float[(int) (seconds * rate)];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (Math.rint(voice((double) i / rate, 45) / step) * step);
        }
        return new Audio(x, rate);
    }

    private static double largestDifference(Features a, Features b) {
        assertEquals(a.frames(), b.frames());
        double largest = 0;
        for (int i = 0; i < a.values().length; i++) {
            largest = Math.max(largest, Math.abs(a.values()[i] - b.values()[i]));
        }
        return largest;
    }

    private static double meanDifference(Features a, Features b) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            sum += Math.abs(a.values()[i] - b.values()[i]);
        }
        return sum / a.values().length;
    }

    @ParameterizedTest
    @ValueSource(ints = {48000, 44100, 24000})
    void extract_copyAtAHigherRate_givesNearlyTheSameSpeechFeatures(int rate) {
        FeatureExtractor extractor = new FeatureExtractor(SPEECH);
        Features expected = extractor.extract(voice(16000, 2, 0x1p-23));
        Features fast = extractor.extract(voice(rate, 2, 0x1p-23));
        assertTrue(largestDifference(expected, fast) < 0.01, "differs by " + largestDifference(expected, fast));
    }

    @Test
    void extract_copyOfMoreBits_givesNearlyTheSameSpeechFeatures() {
        FeatureExtractor extractor = new FeatureExtractor(SPEECH);
        Features coarse = extractor.extract(voice(16000, 2, 0x1p-15));
        Features fine = extractor.extract(voice(16000, 2, 0x1p-23));
        assertTrue(largestDifference(coarse, fine) < 0.1, "differs by " + largestDifference(coarse, fine));
        assertTrue(meanDifference(coarse, fine) < 4e-3, "mean difference " + meanDifference(coarse, fine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"speech", "librosa", "kaldi", "psf", "prosody", "speech-prosody", "functionals", "is09"})
    void extract_silenceOfAnyLength_isFinite(String preset) {
        assertTrue(FeatureConfig.presets().contains(preset));
        assertEquals(8, FeatureConfig.presets().size());
        FeatureConfig config = FeatureConfig.preset(preset)
                .edit()
                .deltas(new Deltas(2, 9, Deltas.Method.SAVITZKY_GOLAY))
                .cmvn(SPEECH.cmvn())
                .build();
        FeatureExtractor extractor = new FeatureExtractor(config);
        for (int length : new int[] {1, 160, 399, 400, 401, 560, 5000}) {
            Features features = extractor.extract(new Audio(new float[length], config.sampleRate()));
            assertTrue(features.frames() >= 1);
            assertEquals(features.columns().size(), features.size());
            for (float value : features.values()) {
                assertTrue(Float.isFinite(value));
            }
        }
    }

    @Test
    void extract_noiseOfOneBit_staysNearSilence() {
        RandomStream random = new RandomStream(3, 0, 1, 0);
        float[] noise = new float[16000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (random.nextInt(3) - 1) * 0x1p-15f;
        }
        Features features = new FeatureExtractor(SPEECH).extract(new Audio(noise, 16000));
        for (float value : features.values()) {
            assertTrue(Math.abs(value) < 0.3, "one bit of noise is blown up to " + value);
        }
    }

    @Test
    void extract_recordingOfTooLowRate_warnsOnceWhatIsLost() {
        FeatureExtractor extractor = new FeatureExtractor(SPEECH);
        extractor.extract(voice(8000, 0.5, 0x1p-15), warnings::add);
        assertEquals(
                List.of("8000 Hz recording: it has nothing above 4000 Hz, and the features reach up to 7000 Hz; give a"
                        + " recording of a higher rate, if there is one"),
                warnings);
        extractor.extract(voice(16000, 0.5, 0x1p-15), warnings::add);
        extractor.extract(voice(48000, 0.5, 0x1p-15), warnings::add);
        assertEquals(1, warnings.size());
    }

    @Test
    void extract_noSamples_isRefused() {
        FeatureExtractor extractor = new FeatureExtractor(SPEECH);
        assertThrows(BadInputException.class, () -> extractor.extract(new Audio(new float[0], 16000)));
    }

    @Test
    void extract_manyThreadsSharingOneExtractor_giveTheSameValues() {
        FeatureExtractor extractor = new FeatureExtractor(SPEECH);
        List<Audio> clips = IntStream.range(0, 24)
                .mapToObj(i -> voice(16000, 0.3 + 0.02 * i, 0x1p-15))
                .toList();
        List<float[]> alone =
                clips.stream().map(clip -> extractor.extract(clip).values()).toList();
        List<float[]> together = clips.parallelStream()
                .map(clip -> extractor.extract(clip).values())
                .toList();
        for (int i = 0; i < clips.size(); i++) {
            assertArrayEquals(alone.get(i), together.get(i));
        }
    }

    @Test
    void extract_energyColumn_isLogOfSumOfSquares() {
        float[] x = new float[400];
        Arrays.fill(x, 0.5f);
        FeatureConfig config = SPEECH.edit()
                .cmvn(Cmvn.NONE)
                .energy(FeatureConfig.Energy.COLUMN)
                .build();
        Features features = new FeatureExtractor(config).extract(new Audio(x, 16000));
        assertEquals("energy", features.columns().getLast());
        assertEquals(41, features.size());
        assertEquals(Math.log(100), features.at(0, 40), 1e-6);
    }

    @Test
    void extract_stackOfThree_putsFramesSideBySideAndRepeatsTheLast() {
        Audio clip = voice(16000, 0.1, 0x1p-15);
        FeatureConfig config =
                SPEECH.edit().deltas(new Deltas(1, 9, Deltas.Method.REGRESSION)).build();
        Features single = new FeatureExtractor(config).extract(clip);
        Features stacked = new FeatureExtractor(config.withStack(3)).extract(clip);
        assertEquals(8, single.frames());
        assertEquals(3, stacked.frames());
        assertEquals(3 * single.size(), stacked.size());
        assertEquals("mel0_d1+2", stacked.columns().get(2 * 80 + 40));
        for (int t = 0; t < 9; t++) {
            for (int i = 0; i < single.size(); i++) {
                assertEquals(single.at(Math.min(t, 7), i), stacked.at(t / 3, t % 3 * single.size() + i));
            }
        }
    }

    @Test
    void extract_normalisedOverUtterance_hasMeanZeroAndDeviationOne() {
        Cmvn both = new Cmvn(Cmvn.Kind.UTTERANCE_MEAN_VARIANCE, 300, 1e-5);
        Features features = new FeatureExtractor(SPEECH.edit().cmvn(both).build()).extract(voice(16000, 2, 0x1p-15));
        for (int i = 0; i < 20; i++) {
            double sum = 0;
            double squares = 0;
            for (int t = 0; t < features.frames(); t++) {
                sum += features.at(t, i);
                squares += features.at(t, i) * features.at(t, i);
            }
            assertEquals(0, sum / features.frames(), 1e-5);
            assertEquals(1, squares / features.frames(), 1e-4);
        }
    }

    @Test
    void extract_speechPreset_takesTheMeanAwayAndKeepsHowFarBandsMove() {
        FeatureExtractor extractor = new FeatureExtractor(SPEECH);
        Features plain = new FeatureExtractor(SPEECH.edit().cmvn(Cmvn.NONE).build()).extract(voice(16000, 2, 0x1p-15));
        Features features = extractor.extract(voice(16000, 2, 0x1p-15));
        for (int i = 0; i < features.size(); i++) {
            double sum = 0;
            for (int t = 0; t < features.frames(); t++) {
                sum += features.at(t, i);
                float moved = plain.at(t, i) - plain.at(0, i);
                assertEquals(moved, features.at(t, i) - features.at(0, i), 1e-4);
            }
            assertEquals(0, sum / features.frames(), 1e-4);
        }
    }
}
