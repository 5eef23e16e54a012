package dev.parallax.audio.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.Segment;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.Features;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of a recording, whatever its level, its offset and the silence around it; its level and its
/// measures.
class SpeechNormalizationTest {

    private static final int RATE = 16000;
    private static final SpeechNormalization ON = SpeechNormalization.STANDARD;

    /// A breathy buzz whose strength and pitch move, with pauses [s] between its words of half a second, in a faint
    /// room.
    private static float[] words(double... pauses) {
        RandomStream random = new RandomStream(5, 0, 1, 0);
        int edge = RATE * 3 / 10;
        int length =
                (int) (RATE * (0.5 * (pauses.length + 1) + Arrays.stream(pauses).sum()));
        float[] x = new float[length + 2 * edge];
        int at = edge;
        for (int word = 0; word <= pauses.length; word++) {
            for (int i = 0; i < RATE / 2; i++) {
                double shape =
                        Math.sin(Math.PI * i / (RATE / 2.0)) * (0.6 + 0.4 * Math.cos(2 * Math.PI * 5 * i / RATE));
                double pitch = 120 + 30 * word + 20.0 * i / RATE;
                double voice = Math.tanh(3 * Math.sin(2 * Math.PI * pitch * i / RATE)) + 0.03 * random.nextGaussian();
                x[at + i] += (float) (0.3 * shape * voice);
            }
            at += RATE / 2 + (word < pauses.length ? (int) (RATE * pauses[word]) : 0);
        }
        for (int i = 0; i < x.length; i++) {
            x[i] += (float) (1e-4 * random.nextGaussian());
        }
        return x;
    }

    private static float[] joined(float[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        float[] out = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    private static float[] changed(float[] x, double gain, double offset) {
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (float) (gain * x[i] + offset);
        }
        return out;
    }

    private static Features features(String preset, float... x) {
        return new FeatureExtractor(FeatureConfig.preset(preset)).extract(new Audio(x, RATE));
    }

    private static double largestDifference(Features a, Features b) {
        assertEquals(a.frames(), b.frames());
        double largest = 0;
        for (int i = 0; i < a.values().length; i++) {
            largest = Math.max(largest, Math.abs(a.values()[i] - b.values()[i]));
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"speech", "functionals", "is09"})
    void features_zerosAround_stayTheSame(String preset) {
        float[] x = words(0.1, 0.3);
        float[] silence = new float[2 * RATE];
        Features plain = features(preset, x);
        assertTrue(largestDifference(plain, features(preset, joined(silence, x, silence))) <= 1e-3 * largest(plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"speech", "functionals", "is09"})
    void features_levelAndOffset_stayTheSame(String preset) {
        float[] x = words(0.1, 0.3);
        Features plain = features(preset, x);
        double bound = 2e-3 * largest(plain);
        assertTrue(largestDifference(plain, features(preset, changed(x, 0.03, 0))) <= bound);
        assertTrue(largestDifference(plain, features(preset, changed(x, 0.5, 0.1))) <= bound);
    }

    private static double largest(Features features) {
        double largest = 0;
        for (float value : features.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"librosa", "kaldi", "psf", "prosody"})
    void preset_thatIsNamedAfterAnother_changesNothing(String preset) {
        assertEquals(SpeechNormalization.OFF, FeatureConfig.preset(preset).speech());
    }

    @Test
    void apply_longPause_isShortenedAndShortOnesStay() {
        Audio shortOne = ON.apply(new Audio(words(0.1), RATE));
        Audio longOne = ON.apply(new Audio(words(3), RATE));
        assertEquals(1.1, shortOne.seconds(), 0.12);
        assertEquals(1.0 + ON.maxPauseSeconds(), longOne.seconds(), 0.12);
    }

    /// Noise of a kind at a level [dB], for as long as given [s].
    private static float[] noise(String kind, double db, double seconds) {
        RandomStream random = new RandomStream(9, 0, 1, 0);
        float[] x = new float[(int) (RATE * seconds)];
        double sum = 0;
        double slow = 0;
        double middle = 0;
        for (int i = 0; i < x.length; i++) {
            double white = random.nextGaussian();
            slow = 0.99 * slow + 0.1 * white;
            middle = 0.9 * middle + 0.3 * white;
            double t = 2 * Math.PI * 100 * i / RATE;
            x[i] = (float)
                    switch (kind) {
                        case "white" -> white;
                        case "pink" -> slow + middle + 0.2 * white;
                        case "hum" -> Math.sin(t) + Math.sin(2 * t + 1) / 2 + Math.sin(3 * t + 2) / 3;
                        default -> throw new IllegalArgumentException(kind);
                    };
            sum += (double) x[i] * x[i];
        }
        return changed(x, Math.pow(10, db / 20) / Math.sqrt(sum / x.length), 0);
    }

    /// The words lie 40 dB and more above the room, the noise far above the room, too, and below the words.
    @ParameterizedTest
    @CsvSource({
        "white, -45",
        "white, -35",
        "white, -25",
        "pink, -45",
        "pink, -35",
        "pink, -25",
        "hum, -45",
        "hum, -35",
        "hum, -25"
    })
    void apply_steadyNoiseAtTheEnds_isCut(String kind, double db) {
        float[] x = words(0.1, 0.3);
        double plain = ON.apply(new Audio(x, RATE)).seconds();
        for (double seconds : new double[] {0.6, 1, 2}) {
            float[] noise = noise(kind, db, seconds);
            for (float[] whole : List.of(joined(x, noise), joined(noise, x), joined(noise, x, noise))) {
                assertEquals(plain, ON.apply(new Audio(whole, RATE)).seconds(), 0.05, seconds + " s");
            }
            float[] silence = new float[RATE];
            float[] within = joined(silence, noise, x, noise, silence);
            assertEquals(plain, ON.apply(new Audio(within, RATE)).seconds(), 0.05, seconds + " s in digital silence");
        }
    }

    /// Cut as tightly as possible: a vowel of a third of a second at either end is speech, though it is even.
    @Test
    void apply_evenVowelAtTheEnds_stays() {
        float[] vowel = new float[RATE / 3];
        for (int i = 0; i < vowel.length; i++) {
            vowel[i] = (float) (0.2 * Math.tanh(3 * Math.sin(2 * Math.PI * 140 * i / RATE)));
        }
        float[] x = words(0.1);
        double plain = ON.apply(new Audio(x, RATE)).seconds();
        double whole = ON.apply(new Audio(joined(vowel, x, vowel), RATE)).seconds();
        assertEquals(plain + 2 / 3.0 + ON.maxPauseSeconds() * 2, whole, 0.1);
    }

    @Test
    void apply_speech_hasTheLevelAndNoMean() {
        Audio out = ON.apply(new Audio(changed(words(0.2), 0.01, 0.2), RATE));
        double mean = 0;
        for (float value : out.samples()) {
            mean += value / out.samples().length;
        }
        assertEquals(0, mean, 1e-6);
        assertEquals(ON.levelDb(), ActiveLevel.ofDb(BlockPowers.of(out).levelsDb()), 0.5);
    }

    @Test
    void apply_offOrNothing_isTheSameRecording() {
        Audio audio = new Audio(words(), RATE);
        assertSame(audio, SpeechNormalization.OFF.apply(audio));
        Audio empty = new Audio(new float[0], RATE);
        assertSame(empty, ON.apply(empty));
        float[] silence = new float[RATE];
        assertArrayEquals(silence, ON.apply(new Audio(silence, RATE)).samples());
    }

    @Test
    void apply_keepingSilence_setsTheLevelAlone() {
        float[] x = joined(new float[RATE], words(2), new float[RATE]);
        Audio out = ON.keepingSilence().apply(new Audio(x, RATE));
        assertEquals(x.length, out.samples().length);
        assertEquals(ON.levelDb(), ActiveLevel.ofDb(BlockPowers.of(out).levelsDb()), 0.5);
    }

    @Test
    void apply_givenSamples_areNotModified() {
        float[] x = words(1);
        float[] before = x.clone();
        ON.apply(new Audio(x, RATE));
        assertArrayEquals(before, x);
    }

    /// Three blocks at 0 dB, one that the margin excludes: the mean of the three.
    @Test
    void level_blocks_isTheMeanPowerOfThoseThatAreActive() {
        assertEquals(0, ActiveLevel.ofDb(0, -20, 0, 0), 1e-12);
        assertEquals(10 * Math.log10((1 + 1 + Math.pow(10, -1)) / 3), ActiveLevel.ofDb(-200, 0, -10, 0), 1e-12);
        assertEquals(ActiveLevel.NONE_DB, ActiveLevel.ofDb());
        assertEquals(ActiveLevel.NONE_DB, ActiveLevel.ofDb(-200, -200), 1e-9);
    }

    @Test
    void measures_words_areWhatTheyWereMadeOf() {
        float[] x = changed(joined(new float[RATE], words(1), new float[RATE]), 0.5, 0.05);
        RecordingMeasures measures = RecordingMeasures.of(new Audio(x, RATE));
        assertEquals(4.6, measures.seconds(), 1e-9);
        assertEquals(1, measures.speechSeconds(), 0.3);
        assertEquals(0.05, measures.offset(), 1e-3);
        assertTrue(measures.hasSpeech());
        assertTrue(measures.snrDb() > 40, measures.toString());
        assertEquals(8000, measures.bandwidthHz(), 200);
    }

    @Test
    void measures_bandLimited_endsWhereItWasCut() {
        float[] telephone = Resampler.of(RATE, 8000).resample(words(0.2));
        float[] copy = Resampler.of(8000, RATE).resample(telephone);
        assertEquals(4000, RecordingMeasures.of(new Audio(telephone, 8000)).bandwidthHz(), 250);
        assertEquals(4000, RecordingMeasures.of(new Audio(copy, RATE)).bandwidthHz(), 250);
    }

    @Test
    void measures_noiseOrNothing_haveNoSpeech() {
        RandomStream random = new RandomStream(6, 0, 1, 0);
        float[] noise = new float[2 * RATE];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (0.1 * random.nextGaussian());
        }
        assertTrue(!RecordingMeasures.of(new Audio(noise, RATE)).hasSpeech());
        assertTrue(!RecordingMeasures.of(new Audio(new float[0], RATE)).hasSpeech());
        assertTrue(!RecordingMeasures.of(new Audio(new float[1], RATE)).hasSpeech());
    }

    @Test
    void withSpeech_windows_areThoseThatAreNotFarFainter() {
        RecordingMeasures loud = RecordingMeasures.of(new Audio(words(0.1), RATE));
        RecordingMeasures faint = RecordingMeasures.of(new Audio(changed(words(0.1), 0.01, 0), RATE));
        RecordingMeasures none = RecordingMeasures.of(new Audio(new float[RATE], RATE));
        assertArrayEquals(new boolean[] {true, false, false}, RecordingMeasures.withSpeech(loud, none, faint));
        assertArrayEquals(new boolean[] {true, true}, RecordingMeasures.withSpeech(none, none));
    }

    @Test
    void constructor_settingsThatDoNotFit_areRefused() {
        assertTrue(
                Refusal.of(() -> new SpeechNormalization(true, 1, true, 0, 0)).contains("levelDb 1.0"));
        assertTrue(Refusal.of(() -> new SpeechNormalization(true, -26, true, 0.2, 0.3))
                .contains("maxPauseSeconds 0.3"));
    }

    @Test
    void json_stageOfBefore_isReadWhereItWasOff() {
        FeatureConfig config = FeatureConfig.preset("functionals");
        assertEquals(config, FeatureConfig.fromJson(config.toJson()));
        var off = dev.parallax.io.Json.object().with("on", false);
        assertEquals(
                SpeechNormalization.OFF,
                FeatureConfig.fromJson(config.toJson().without("speech").with("trim", off))
                        .speech());
        assertTrue(Refusal.of(() -> FeatureConfig.fromJson(config.toJson()
                        .without("speech")
                        .with("trim", dev.parallax.io.Json.object().with("on", true))))
                .contains("trim.on"));
        assertNotEquals(
                config.digest(),
                config.edit().speech(SpeechNormalization.OFF).build().digest());
    }

    /// What is kept is said where it lies: its pieces, one after the other, are what is left without silence.
    @Test
    void kept_pauseBetweenWords_isLeftOut() {
        Audio audio = new Audio(words(1.5), RATE);
        List<Segment> kept = ON.kept(audio);
        assertEquals(2, kept.size(), kept::toString);
        long length = kept.stream().mapToLong(Segment::length).sum();
        float[] left = ON.apply(audio).samples();
        assertEquals(left.length, length);
        int at = 0;
        double factor = 0;
        for (Segment segment : kept) {
            int peak = (int) segment.start() + RATE / 4;
            factor = factor == 0 ? left[at + RATE / 4] / audio.samples()[peak] : factor;
            assertEquals(factor * audio.samples()[peak], left[at + RATE / 4], 0.01, "the same sample, louder");
            at += (int) segment.length();
        }
        assertEquals(List.of(new Segment(0, audio.samples().length)), SpeechNormalization.OFF.kept(audio));
        assertEquals(
                List.of(new Segment(0, audio.samples().length)),
                ON.keepingSilence().kept(audio));
        Audio silence = new Audio(new float[RATE], RATE);
        assertEquals(List.of(new Segment(0, RATE)), ON.kept(silence), "nobody speaks, so nothing is cut");
    }
}
