package dev.parallax.audio.variation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.audio.features.Deltas;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {

    private static final Augmentation ALL = new Augmentation(
            new SpeedChange(1, 0.9, 1.1),
            new Reverberation(1, 0.1, 0.3, 0, 10),
            new AddedMusic(1, 5, 15),
            new AddedNoise(1, AddedNoise.Color.PINK, 10, 20),
            new BandLimit(1, 8000, 12000),
            new GainChange(1, -6, 6),
            new SilenceAround(1, 0.5, 0.5, -80, -60),
            new SpecAugment(1, 2, 10, 0.3, 2, 5, SpecAugment.Fill.MEAN));

    private static RandomStream random(int item) {
        return new RandomStream(3, 1, 7, item);
    }

    private static Audio tone(double hz, int rate, int length) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) (0.3 * Math.cos(2 * Math.PI * hz * i / rate));
        }
        return new Audio(x, rate);
    }

    private static double power(float[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) x[i] * x[i];
        }
        return sum / (to - from);
    }

    private static float[] difference(Audio a, Audio b) {
        float[] out = new float[a.samples().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = a.samples()[i] - b.samples()[i];
        }
        return out;
    }

    @Test
    void apply_none_changesNothing() {
        Audio audio = tone(440, 16000, 4000);
        float[] features = {1, 2, 3, 4};
        assertSame(audio, Augmentation.NONE.apply(audio, random(0)));
        assertSame(features, Augmentation.NONE.applyToFeatures(features, 2, 1, random(0)));
        assertFalse(Augmentation.NONE.changesSound() || Augmentation.NONE.changesFeatures());
        assertTrue(ALL.changesSound() && ALL.changesFeatures());
    }

    @Test
    void apply_sameStream_givesTheSameBitsAndAnotherOneOthers() {
        Audio audio = tone(440, 16000, 4000);
        float[] before = audio.samples().clone();
        float[] first = ALL.apply(audio, random(0)).samples();
        assertArrayEquals(first, ALL.apply(audio, random(0)).samples());
        assertNotEquals(power(first, 0, 3000), power(ALL.apply(audio, random(1)).samples(), 0, 3000));
        assertArrayEquals(before, audio.samples());
    }

    @Test
    void apply_oneStepMore_leavesTheOthersDraws() {
        Audio audio = tone(440, 16000, 4000);
        Augmentation speed = with("speed");
        Augmentation both = with("speed", "noise");
        assertEquals(
                speed.apply(audio, random(2)).samples().length,
                both.apply(audio, random(2)).samples().length);
    }

    /// [#ALL] with these steps alone.
    private static Augmentation with(String... steps) {
        JsonObject json = Augmentation.NONE.toJson();
        for (String step : steps) {
            json = json.with(step, ALL.toJson().object(step));
        }
        return Augmentation.fromJson(json);
    }

    @Test
    void apply_silenceToo_leavesEverySampleBetweenAsItWas() {
        Audio audio = tone(440, 16000, 4000);
        for (int item = 0; item < 8; item++) {
            float[] former = with("speed", "room", "music", "noise", "bandLimit", "gain")
                    .apply(audio, random(item))
                    .samples();
            float[] now = ALL.apply(audio, random(item)).samples();
            int before = (int) Math.round(16000 * ALL.leadingSeconds(random(item)));
            assertArrayEquals(former, Arrays.copyOfRange(now, before, before + former.length));
        }
        assertEquals(0, with("room").leadingSeconds(random(0)));
    }

    @Test
    void apply_roomToo_leavesTheNoiseOfTheSilence() {
        Augmentation silence = with("silence");
        Augmentation both = with("silence", "room");
        Audio audio = tone(440, 16000, 4000);
        for (int item = 0; item < 8; item++) {
            int before = (int) Math.round(16000 * silence.leadingSeconds(random(item)));
            assertArrayEquals(
                    Arrays.copyOf(silence.apply(audio, random(item)).samples(), before),
                    Arrays.copyOf(both.apply(audio, random(item)).samples(), before));
        }
    }

    @Test
    void apply_probabilityOfAHalf_isHalfOfTheRecordings() {
        Audio audio = tone(440, 16000, 10);
        for (String step : List.of("speed", "room", "music", "noise", "bandLimit", "gain", "silence")) {
            JsonObject settings = ALL.toJson().object(step).with("probability", 0.5);
            Augmentation half = Augmentation.fromJson(Augmentation.NONE.toJson().with(step, settings));
            int changed = 0;
            for (int i = 0; i < 400; i++) {
                changed += half.apply(audio, random(i)) == audio ? 0 : 1;
            }
            assertEquals(200, changed, 40, step);
        }
    }

    @ParameterizedTest
    @EnumSource(AddedNoise.Color.class)
    void add_anySnr_isExactOverTheWhole(AddedNoise.Color color) {
        Audio audio = tone(440, 16000, 16000);
        for (double snrDb : new double[] {-5, 0, 20}) {
            float[] noise = difference(AddedNoise.add(audio, color, snrDb, random(0)), audio);
            double ratio = power(audio.samples(), 0, 16000) / power(noise, 0, 16000);
            assertEquals(snrDb, 10 * Math.log10(ratio), 1e-3);
        }
        Audio silence = new Audio(new float[100], 16000);
        assertArrayEquals(
                new float[100], AddedNoise.add(silence, color, 10, random(0)).samples());
    }

    @ParameterizedTest
    @EnumSource(AddedNoise.Color.class)
    void add_color_hasItsPowerInEachOctave(AddedNoise.Color color) {
        int n = 1 << 18;
        Audio audio = tone(10, 16000, n);
        float[] noise = difference(AddedNoise.add(audio, color, 0, random(0)), audio);
        double previous = 0;
        for (int octave = 0; octave < 7; octave++) {
            double level = 10 * Math.log10(bandPower(noise, 50 << octave, 100 << octave));
            double step = color == AddedNoise.Color.PINK ? 0 : 10 * Math.log10(2);
            if (octave > 0) {
                assertEquals(step, level - previous, 1, "octave " + octave);
            }
            previous = level;
        }
    }

    /// Mean over stretches of the power between two frequencies.
    private static double bandPower(float[] x, double low, double high) {
        Spectrum spectrum = new Spectrum(4096, Spectrum.Kind.POWER);
        var transform = spectrum.transform();
        double[] weights = WindowFunction.HANN_PERIODIC.weights(4096);
        double[] bins = new double[spectrum.bins()];
        double sum = 0;
        for (int start = 0; start + 4096 <= x.length; start += 4096) {
            double[] frame = new double[4096];
            for (int i = 0; i < 4096; i++) {
                frame[i] = weights[i] * x[start + i];
            }
            spectrum.of(transform, frame, bins);
            for (int k = 0; k < bins.length; k++) {
                double hz = k * 16000.0 / 4096;
                sum += hz >= low && hz < high ? bins[k] : 0;
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 0.93, 1, 1.1, 1.25})
    void speed_factor_movesPitchAndDuration(double factor) {
        Audio fast = SpeedChange.apply(tone(500, 16000, 16000), factor);
        assertEquals(1 / factor, fast.seconds(), 1e-3);
        assertEquals(16000, fast.sampleRate());
        float[] expected = tone(500 * factor, 16000, fast.samples().length).samples();
        for (int i = 2000; i < fast.samples().length - 2000; i++) {
            assertEquals(expected[i], fast.samples()[i], 1e-3);
        }
    }

    @Test
    void gain_db_scales() {
        Audio audio = tone(500, 16000, 100);
        Audio soft = GainChange.apply(audio, -20);
        Audio loud = GainChange.apply(audio, 6);
        for (int i = 0; i < 100; i++) {
            assertEquals(0.1 * audio.samples()[i], soft.samples()[i], 1e-6);
            assertEquals(1.995262 * audio.samples()[i], loud.samples()[i], 1e-6);
        }
    }

    @Test
    void gain_beyondFullScale_stopsThere() {
        Audio audio = tone(500, 16000, 100);
        assertEquals(1, GainChange.apply(audio, 20).samples()[0], 1e-6, "the peak");
        Audio hot = new Audio(new float[] {2, -1}, 16000);
        assertArrayEquals(new float[] {2, -1}, GainChange.apply(hot, 6).samples());
        assertArrayEquals(
                new float[2],
                GainChange.apply(new Audio(new float[2], 16000), 6).samples());
    }

    @Test
    void bandLimit_through8kHz_keepsBelowAndTakesAbove() {
        Audio low = tone(1000, 16000, 8000);
        Audio high = tone(4500, 16000, 8000);
        float[] kept = difference(BandLimit.apply(low, 8000), low);
        assertTrue(power(kept, 2000, 6000) < 1e-8);
        assertTrue(power(BandLimit.apply(high, 8000).samples(), 2000, 6000) < 1e-9);
        assertEquals(8000, BandLimit.apply(high, 8000).samples().length);
        Audio slow = tone(500, 8000, 100);
        assertSame(slow, BandLimit.apply(slow, 8000));
    }

    @Test
    void specAugment_masks_areWithinLimitsAndTheRestIsUntouched() {
        int rows = 50;
        int columns = 2 * 3 * 10;
        float[] x = new float[rows * columns];
        for (int i = 0; i < x.length; i++) {
            x[i] = i + 1;
        }
        SpecAugment masks = new SpecAugment(1, 1, 8, 0.1, 1, 4, SpecAugment.Fill.ZERO);
        boolean someRows = false;
        boolean someBands = false;
        for (int item = 0; item < 50; item++) {
            float[] y = masks.apply(x, columns, 6, random(item));
            int maskedRows = 0;
            int maskedBands = 0;
            for (int t = 0; t < rows; t++) {
                maskedRows += y[t * columns] == 0 && y[t * columns + 9] == 0 ? 1 : 0;
            }
            for (int b = 0; b < 10; b++) {
                boolean masked = true;
                for (int group = 0; group < 6 * rows; group++) {
                    masked &= y[group * 10 + b] == 0;
                }
                maskedBands += masked ? 1 : 0;
            }
            int zeros = 0;
            for (int i = 0; i < x.length; i++) {
                assertTrue(y[i] == x[i] || y[i] == 0);
                zeros += y[i] == 0 ? 1 : 0;
            }
            assertEquals(maskedRows * columns + maskedBands * 6 * (rows - maskedRows), zeros);
            assertTrue(maskedRows <= 5 && maskedBands <= 4, maskedRows + " rows, " + maskedBands + " bands");
            someRows |= maskedRows == 5;
            someBands |= maskedBands == 4;
        }
        assertTrue(someRows && someBands, "the widest masks never occur");
    }

    @Test
    void specAugment_meanFill_keepsTheMeanOfAMaskedColumn() {
        float[] x = {1, 10, 2, 20, 3, 30};
        SpecAugment everything = new SpecAugment(1, 40, 3, 1, 0, 0, SpecAugment.Fill.MEAN);
        assertArrayEquals(new float[] {2, 20, 2, 20, 2, 20}, everything.apply(x, 2, 1, random(0)), 1e-6f);
        assertEquals(
                12,
                FeatureConfig.preset("speech")
                        .edit()
                        .deltas(new Deltas(2, 9, Deltas.Method.REGRESSION))
                        .build()
                        .withStack(4)
                        .groups());
    }

    @Test
    void specAugment_singleRowOrNone_isFine() {
        SpecAugment masks = new SpecAugment(1, 2, 10, 0.5, 2, 8, SpecAugment.Fill.MEAN);
        assertEquals(3, masks.apply(new float[3], 3, 1, random(0)).length);
        assertEquals(0, masks.apply(new float[0], 3, 1, random(0)).length);
        assertTrue(Refusal.of(() -> masks.apply(new float[4], 3, 1, random(0))).contains("rows of 3 columns"));
    }

    @Test
    void toJson_andBack_isEqual() {
        for (Augmentation augmentation : new Augmentation[] {Augmentation.NONE, ALL}) {
            String text = augmentation.toJson().toText();
            assertEquals(augmentation, Augmentation.fromJson(Json.parseObject(text, "a.json")));
        }
        JsonObject former = ALL.toJson().without("room").without("music").without("silence");
        Augmentation read = Augmentation.fromJson(former);
        assertEquals(with("speed", "noise", "bandLimit", "gain", "specAugment"), read);
        Json wrong = ALL.toJson().with("noise", Json.object().with("snr", 3));
        assertTrue(Refusal.of(() -> Augmentation.fromJson(Json.parseObject(wrong.toText(), "a.json")))
                .contains("a.json: noise.snr: unknown field"));
    }

    @Test
    void fromJson_bandLimitOfFormerVersions_namesOneRate() {
        JsonObject former = ALL.toJson()
                .with("bandLimit", Json.object().with("probability", 0.5).with("sampleRate", 6000));
        assertEquals(
                new BandLimit(0.5, 6000, 6000), Augmentation.fromJson(former).bandLimit());
        JsonObject both = ALL.toJson()
                .with("bandLimit", Json.object().with("sampleRate", 6000).with("minSampleRate", 6000));
        assertTrue(Refusal.of(() -> Augmentation.fromJson(both)).contains("minSampleRate: unknown field"));
    }

    @Test
    void bandLimit_range_isDrawnInWholeKilohertz() {
        BandLimit range = new BandLimit(1, 8000, 12500);
        Map<Integer, Long> drawn = IntStream.range(0, 500)
                .mapToObj(item -> range.draw(random(item)))
                .collect(Collectors.groupingBy(rate -> rate, Collectors.counting()));
        assertEquals(Set.of(8000, 9000, 10000, 11000, 12000), drawn.keySet());
        drawn.values().forEach(times -> assertTrue(times > 60 && times < 140, drawn::toString));
    }

    @Test
    void constructor_settingsOutOfRange_areRefused() {
        assertTrue(Refusal.of(() -> new GainChange(1.5, 0, 0)).contains("gain.probability is 1.5"));
        assertTrue(Refusal.of(() -> new SpeedChange(1, 1.2, 1.1)).contains("speed.minFactor 1.2"));
        assertTrue(Refusal.of(() -> new AddedNoise(1, AddedNoise.Color.WHITE, 20, 10))
                .contains("noise.minSnrDb 20.0"));
        assertTrue(Refusal.of(() -> new Reverberation(1, 0.5, 0.4, 0, 1)).contains("room.minRt60Seconds 0.5"));
        assertTrue(Refusal.of(() -> new Reverberation(1, 0.1, 0.4, 2, 1)).contains("room.minDrrDb 2.0"));
        assertTrue(Refusal.of(() -> new AddedMusic(1, 2, 1)).contains("music.minSnrDb 2.0"));
        assertTrue(Refusal.of(() -> new SilenceAround(1, -1, 0, -60, -50)).contains("silence.maxSeconds is -1.0"));
        assertTrue(Refusal.of(() -> new SilenceAround(1, 1, 2, -60, -50)).contains("silence.zeros is 2.0"));
        assertTrue(Refusal.of(() -> new SilenceAround(1, 1, 0, -60, 3)).contains("silence.maxDb 3.0"));
        assertTrue(Refusal.of(() -> new BandLimit(1, 10, 20)).contains("bandLimit.minSampleRate 10 Hz"));
        assertTrue(Refusal.of(() -> new BandLimit(1, 8000, 7000)).contains("bandLimit.maxSampleRate 7000 Hz"));
        assertTrue(Refusal.of(() -> SpeedChange.apply(tone(1, 16000, 10), 9)).contains("[0.25, 4]"));
    }
}
