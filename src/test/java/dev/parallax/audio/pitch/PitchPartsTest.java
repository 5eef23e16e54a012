package dev.parallax.audio.pitch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.ParallelLoop;
import dev.parallax.audio.WindowFunction;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The parts of the search for F0, each against its formula.
class PitchPartsTest {

    private static float[] noise(int count) {
        RandomStream random = new RandomStream(11, 0, 1, 0);
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    /// With lags left over from half as many points (800, 286) and without, all lags of a short one, odd lengths.
    @ParameterizedTest
    @CsvSource({"800, 286", "1103, 386", "2400, 821", "1021, 60", "13, 12", "64, 1"})
    void correlation_ofTaperedStretch_isItsSumOfProducts(int length, int lags) {
        double[] window = WindowFunction.HANN_PERIODIC.weights(length);
        window[0] = 1e-3; // not zero: the last lag of the taper is one product with it
        float[] x = noise(length + 7);
        TaperedCorrelation correlation = new TaperedCorrelation(window, lags);
        int skipped = length / 10;
        int end = length - length / 8;
        double[] found = correlation.of(x, 3, skipped, end, 0.125, correlation.new Scratch());
        double[] y = new double[length];
        for (int i = skipped; i < end; i++) {
            y[i] = (x[3 + i] - 0.125) * window[i];
        }
        assertEquals(lags, found.length);
        for (int k = 0; k < lags; k++) {
            double taper = product(window, k) / product(window, 0);
            double expected = product(y, k) / product(y, 0) / taper;
            assertEquals(expected, found[k], 1e-13 / taper, "lag " + k);
        }
    }

    private static double product(double[] y, int lag) {
        double sum = 0;
        for (int i = 0; i + lag < y.length; i++) {
            sum += y[i] * y[i + lag];
        }
        return sum;
    }

    @Test
    void halfLags_ofSlowCosine_areItsValues() {
        double step = 0.9;
        double[] even = new double[100 + 2 * HalfLags.REACH];
        for (int i = 0; i < even.length; i++) {
            even[i] = Math.cos(step * (i - HalfLags.ZERO));
        }
        double[] half = new double[100];
        HalfLags.between(even, 1, 100, half);
        assertEquals(0, half[0]);
        for (int k = 1; k < 100; k++) {
            assertEquals(Math.cos(step * (k + 0.5)), half[k], 2e-4, "after lag " + k);
        }
    }

    /// Candidates from strong to hopeless, and more than are kept: the track is the best of all paths.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void path_withHopelessCandidatesPassedOver_isTheBestOfAllPaths(long seed) {
        Pitch settings = Pitch.STANDARD;
        RandomStream random = new RandomStream(seed, 0, 1, 0);
        PitchCandidates candidates = new PitchCandidates(settings, 5, 3, 0.01);
        List<List<double[]>> all = new ArrayList<>();
        for (int t = 0; t < 5; t++) {
            candidates.begin(t, 0.45);
            List<double[]> states = new ArrayList<>(List.of(new double[] {0, 0.45}));
            for (int s = 0; s < 3; s++) {
                double hz = 60 + 540 * random.nextInt(1000) / 1000.0;
                double value = random.nextInt(1000) / 1000.0;
                candidates.add(t, hz, value);
                states.add(new double[] {hz, value + settings.octaveCost() * Math.log(hz / 60) / Math.log(2)});
            }
            all.add(states);
        }
        float[] best = new float[5];
        double[] bestScore = {Double.NEGATIVE_INFINITY};
        tryAll(settings, all, 0, 0, new double[5], best, bestScore);
        assertArrayEquals(best, new PitchPath(settings, candidates, 0.01).best().hz());
    }

    private static void tryAll(
            Pitch settings, List<List<double[]>> all, int t, double score, double[] hz, float[] best, double[] most) {
        if (t == all.size()) {
            if (score > most[0]) {
                most[0] = score;
                for (int i = 0; i < t; i++) {
                    best[i] = (float) hz[i];
                }
            }
            return;
        }
        for (double[] state : all.get(t)) {
            hz[t] = state[0];
            double cost = t == 0 ? 0 : cost(settings, hz[t - 1], hz[t]);
            tryAll(settings, all, t + 1, score + state[1] - cost, hz, best, most);
        }
    }

    private static double cost(Pitch settings, double from, double to) {
        if (from == 0 || to == 0) {
            return from == to ? 0 : settings.voicedUnvoicedCost();
        }
        return settings.octaveJumpCost() * Math.abs(Math.log(to / from)) / Math.log(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "47, 4", "96, 2", "1000, 1", "1000, 3", "1000, 64"})
    void frameRanges_onAnyNumberOfThreads_takeEachFrameOnce(int frames, int threads) {
        AtomicIntegerArray taken = new AtomicIntegerArray(frames);
        ParallelLoop.run(frames, ParallelLoop.FRAMES_AT_A_TIME, threads, () -> (from, to) -> {
            for (int t = from; t < to; t++) {
                taken.incrementAndGet(t);
            }
        });
        for (int t = 0; t < frames; t++) {
            assertEquals(1, taken.get(t), "frame " + t);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"speech", "librosa", "kaldi", "speech-prosody", "functionals", "is09"})
    void extract_onSeveralThreads_givesTheBitsOfOne(String preset) {
        FeatureExtractor extractor = new FeatureExtractor(FeatureConfig.preset(preset));
        Audio audio = new Audio(noise(40_000), 16_000);
        float[] one = extractor.extract(audio, _ -> {}).values();
        for (int threads : new int[] {2, 5}) {
            assertArrayEquals(one, extractor.extract(audio, _ -> {}, threads).values(), 0f);
        }
    }
}
