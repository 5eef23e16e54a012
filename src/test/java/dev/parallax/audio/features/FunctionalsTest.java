package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.pitch.Pitch;
import dev.parallax.audio.pitch.PitchTrack;
import dev.parallax.audio.pitch.PitchTracker;
import dev.parallax.audio.speech.SpeechNormalization;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Functionals of columns, and the whole of IS09, each against the textbook's loops.
class FunctionalsTest {

    private static final FeatureConfig IS09 = FeatureConfig.preset("is09");

    /// The functional as a textbook states it, in plain loops over one column.
    private static double expected(Functional functional, double[] x, double rowSeconds) {
        int n = x.length;
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(v -> Math.pow(v - mean, 2)).sum() / n;
        double min = Arrays.stream(x).min().orElseThrow();
        double max = Arrays.stream(x).max().orElseThrow();
        // normal equations of a + b t
        double st = 0;
        double stt = 0;
        double sx = 0;
        double stx = 0;
        for (int t = 0; t < n; t++) {
            double time = t * rowSeconds;
            st += time;
            stt += time * time;
            sx += x[t];
            stx += time * x[t];
        }
        double slope = n == 1 ? 0 : (n * stx - st * sx) / (n * stt - st * st);
        double offset = (sx - slope * st) / n;
        return switch (functional) {
            case MEAN -> mean;
            case DEVIATION -> Math.sqrt(variance);
            case SKEWNESS -> moment(x, mean, 3) / Math.pow(variance, 1.5);
            case KURTOSIS -> moment(x, mean, 4) / (variance * variance);
            case MIN -> min;
            case MAX -> max;
            case RANGE -> max - min;
            case MIN_POSITION -> first(x, min);
            case MAX_POSITION -> first(x, max);
            case OFFSET -> offset;
            case SLOPE -> slope;
            case LINE_ERROR -> {
                double sum = 0;
                for (int t = 0; t < n; t++) {
                    sum += Math.pow(x[t] - offset - slope * t * rowSeconds, 2);
                }
                yield sum / n;
            }
            case QUARTILE_1 -> quantile(x, 0.25);
            case MEDIAN -> quantile(x, 0.5);
            case QUARTILE_3 -> quantile(x, 0.75);
        };
    }

    private static double moment(double[] x, double mean, int order) {
        return Arrays.stream(x).map(v -> Math.pow(v - mean, order)).average().orElseThrow();
    }

    private static double first(double[] x, double value) {
        int t = 0;
        while (x[t] != value) {
            t++;
        }
        return t / Math.max(1, x.length - 1.0);
    }

    private static double quantile(double[] x, double part) {
        double[] sorted = Arrays.stream(x).sorted().toArray();
        double place = part * (x.length - 1);
        double upper = sorted[(int) Math.ceil(place)];
        double lower = sorted[(int) Math.floor(place)];
        return lower + (upper - lower) * (place - Math.floor(place));
    }

    private static void assertClose(double wanted, double found, String what) {
        assertEquals(wanted, found, 2e-6 * Math.max(1, Math.abs(wanted)), what);
    }

    @ParameterizedTest
    @EnumSource(Functional.class)
    void of_randomColumn_equalsTheTextbook(Functional functional) {
        RandomStream random = new RandomStream(9, 0, 1, 0);
        for (int n : new int[] {2, 3, 8, 101}) {
            double[] x = new double[n];
            for (int t = 0; t < n; t++) {
                x[t] = 5 + 0.1 * t + random.nextGaussian();
            }
            double value = new ColumnSummary(x, 0.01).of(functional);
            assertClose(expected(functional, x, 0.01), value, functional + " of " + n);
        }
    }

    @ParameterizedTest
    @EnumSource(Functional.class)
    void of_singleRowOrConstant_isFinite(Functional functional) {
        for (double[] x : new double[][] {{3}, {3, 3, 3, 3}, {0.1f, 0.1f, 0.1f}}) {
            double value = new ColumnSummary(x, 0.01).of(functional);
            assertTrue(Double.isFinite(value), functional + " is " + value);
            boolean isLevel = value == x[0];
            assertTrue(isLevel || Math.abs(value) < 1e-9, functional + " is " + value);
        }
    }

    @Test
    void columns_is09_are384WithNamesOfTheirOwn() {
        List<String> columns = IS09.columns();
        assertEquals(384, columns.size());
        assertEquals(384, IS09.size());
        assertEquals(384, columns.stream().distinct().count());
        assertEquals("mfcc1_max", columns.getFirst());
        assertTrue(columns.containsAll(List.of("mfcc12_d1_kurtosis", "f0_minposition", "voicing_slope", "rms_mean")));
        assertEquals("zcr_d1_kurtosis", columns.getLast());
    }

    /// A voice that glides and swells, with noise behind it.
    private static float[] sound(int samples) {
        RandomStream random = new RandomStream(4, 0, 1, 0);
        float[] x = new float[samples];
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            phase += 2 * Math.PI * (120 + 60.0 * i / samples) / 16000;
            double swell = 0.6 - 0.5 * Math.cos(2 * Math.PI * i / 5000);
            for (int k = 1; k <= 12; k++) {
                x[i] += (float) (0.1 * swell * Math.sin(k * phase) / k);
            }
            x[i] += (float) (0.002 * random.nextGaussian());
        }
        return x;
    }

    /// The 16 descriptors in plain double loops, but for F0 and voicing, which other tests check.
    private static List<double[]> descriptors(float[] x, int frames) {
        List<double[]> columns = new ArrayList<>();
        for (int n = 1; n <= 12; n++) {
            columns.add(new double[frames]);
        }
        PitchTrack pitch = new PitchTracker(Pitch.STANDARD, 16000).track(x, IS09.framing(), 1);
        columns.add(doubles(pitch.hz()));
        columns.add(doubles(pitch.voicing()));
        columns.add(new double[frames]);
        columns.add(new double[frames]);
        for (int t = 0; t < frames; t++) {
            double[] mfcc = mfcc(x, 160 * t);
            for (int n = 1; n <= 12; n++) {
                columns.get(n - 1)[t] = mfcc[n];
            }
            double squares = 0;
            int crossings = 0;
            for (int i = 0; i < 400; i++) {
                float sample = x[160 * t + i];
                squares += sample * sample;
                crossings += i > 0 && (sample < 0) != (x[160 * t + i - 1] < 0) ? 1 : 0;
            }
            columns.get(14)[t] = Math.sqrt(squares / 400);
            columns.get(15)[t] = crossings / 399.0;
        }
        return columns;
    }

    private static double[] mfcc(float[] x, int start) {
        double[] frame = new double[400];
        for (int i = 0; i < 400; i++) {
            double before = x[start + Math.max(0, i - 1)];
            double window = 0.54 - 0.46 * Math.cos(2 * Math.PI * i / 399);
            frame[i] = 32768 * (x[start + i] - 0.97 * before) * window;
        }
        double[] logs = new double[26];
        double top = 2595 * Math.log10(1 + 8000 / 700.0);
        for (int b = 0; b < 26; b++) {
            double energy = 0;
            for (int k = 0; k <= 256; k++) {
                double mel = 2595 * Math.log10(1 + k * 31.25 / 700);
                double weight = 1 - Math.abs(mel - top * (b + 1) / 27) / (top / 27);
                energy += weight > 0 ? weight * magnitude(frame, k) : 0;
            }
            logs[b] = Math.log(Math.max(1, energy));
        }
        double[] mfcc = new double[13];
        for (int n = 1; n <= 12; n++) {
            for (int b = 0; b < 26; b++) {
                mfcc[n] += Math.sqrt(2 / 26.0) * logs[b] * Math.cos(Math.PI * n * (b + 0.5) / 26);
            }
            mfcc[n] *= 1 + 11 * Math.sin(Math.PI * n / 22);
        }
        return mfcc;
    }

    private static double magnitude(double[] frame, int k) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < frame.length; i++) {
            re += frame[i] * Math.cos(2 * Math.PI * k * i / 512);
            im += frame[i] * Math.sin(2 * Math.PI * k * i / 512);
        }
        return Math.hypot(re, im);
    }

    private static double[] doubles(float[] x) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i];
        }
        return out;
    }

    private static double at(double[] x, int t) {
        return x[Math.clamp(t, 0, x.length - 1)];
    }

    @Test
    void extract_is09_equalsPlainLoopsInEveryColumn() {
        float[] x = sound(12000);
        int frames = 1 + (12000 - 400) / 160;
        List<double[]> columns = new ArrayList<>();
        for (double[] raw : descriptors(x, frames)) {
            double[] smooth = new double[frames];
            for (int t = 0; t < frames; t++) {
                smooth[t] = (at(raw, t - 1) + at(raw, t) + at(raw, t + 1)) / 3;
            }
            columns.add(smooth);
        }
        for (int i = 0; i < 16; i++) {
            double[] smooth = columns.get(i);
            double[] delta = new double[frames];
            for (int t = 0; t < frames; t++) {
                delta[t] = (at(smooth, t + 1) - at(smooth, t - 1) + 2 * (at(smooth, t + 2) - at(smooth, t - 2))) / 10;
            }
            columns.add(delta);
        }
        FeatureConfig plain = IS09.edit().speech(SpeechNormalization.OFF).build();
        Features features = new FeatureExtractor(plain).extract(new Audio(x, 16000));
        assertEquals(1, features.frames());
        assertEquals(384, features.size());
        for (int i = 0; i < 32; i++) {
            for (int f = 0; f < 12; f++) {
                String name = features.columns().get(12 * i + f);
                double wanted = expected(Functionals.IS09.members().get(f), columns.get(i), 0.01);
                double found = features.at(0, 12 * i + f);
                assertEquals(wanted, found, 1e-4 * Math.max(0.1, Math.abs(wanted)), name);
            }
        }
    }

    @Test
    void extract_functionalsPreset_isOneRowOfStatistics() {
        FeatureConfig config = FeatureConfig.preset("functionals");
        assertEquals(24 * 3 * 8, config.size());
        Features row = new FeatureExtractor(config).extract(new Audio(sound(12000), 16000));
        Features frames = new FeatureExtractor(
                        config.edit().functionals(Functionals.NONE).build())
                .extract(new Audio(sound(12000), 16000));
        for (int i = 0; i < frames.size(); i++) {
            double[] x = new double[frames.frames()];
            for (int t = 0; t < x.length; t++) {
                x[t] = frames.at(t, i);
            }
            for (int f = 0; f < 8; f++) {
                Functional functional = Functionals.STATISTICS.members().get(f);
                String name = frames.columns().get(i) + functional.suffix();
                assertEquals(name, row.columns().get(8 * i + f));
                assertClose(expected(functional, x, 0.01), row.at(0, 8 * i + f), name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 399, 400, 560})
    void extract_is09OfAClipShorterThanAWord_isFinite(int samples) {
        Features features = new FeatureExtractor(IS09).extract(new Audio(Arrays.copyOf(sound(12000), samples), 16000));
        for (float value : features.values()) {
            assertTrue(Float.isFinite(value));
        }
    }

    @Test
    void stack_withFunctionals_isOneRowAllTheSame() {
        assertEquals(IS09, IS09.withStack(4));
        assertTrue(IS09.utteranceLevel());
        assertTrue(Refusal.of(() -> IS09.edit().stack(2).build()).contains("must be 1 with functionals IS09"));
    }

    @Test
    void statistics_twoColumns_areThoseByHand() {
        double[] first = {3, Math.sqrt(3.5), 1, 1.75, 2.5, 3.75, 6, 1.6}; // of 1, 2, 3, 6
        double[] second = {5, 0, 5, 5, 5, 5, 5, 0};
        assertStatistics(first, 1, 2, 3, 6);
        assertStatistics(second, 5, 5, 5, 5);
        assertStatistics(new double[] {4, 0, 4, 4, 4, 4, 4, 0}, 4);
    }

    private static void assertStatistics(double[] expected, double... column) {
        ColumnSummary summary = new ColumnSummary(column, 1);
        double[] found = Functionals.STATISTICS.members().stream()
                .mapToDouble(summary::of)
                .toArray();
        assertArrayEquals(expected, found, 1e-12);
    }
}
