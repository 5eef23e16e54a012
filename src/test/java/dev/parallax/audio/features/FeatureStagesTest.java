package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Framing;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureStagesTest {

    @ParameterizedTest
    @CsvSource({
        "SNIP, 10, 2",
        "SNIP, 9, 2",
        "SNIP, 5, 1",
        "SNIP, 1, 1",
        "SNIP, 12, 3",
        "PADDED, 10, 3",
        "PADDED, 9, 3",
        "PADDED, 4, 1",
        "PADDED, 0, 1",
        "CENTERED, 10, 3",
        "CENTERED, 0, 1",
        "CENTERED, 11, 3",
        "CENTERED, 12, 4",
        "MIRRORED, 10, 3",
        "MIRRORED, 9, 2",
        "MIRRORED, 1, 1"
    })
    void frames_framesOfFourEveryFour_areCounted(Framing.Edges edges, int samples, int frames) {
        assertEquals(frames, new Framing(4, 4, edges).frames(samples));
    }

    @Test
    void copy_edges_fillWithZerosOrMirror() {
        float[] x = {1, 2, 3, 4, 5};
        assertFrame(new Framing(4, 2, Framing.Edges.PADDED), x, 1, 3, 4, 5, 0);
        assertFrame(new Framing(4, 2, Framing.Edges.CENTERED), x, 0, 0, 0, 1, 2);
        assertFrame(new Framing(4, 2, Framing.Edges.MIRRORED), x, 0, 1, 1, 2, 3);
        assertFrame(new Framing(4, 2, Framing.Edges.MIRRORED), x, 2, 4, 5, 5, 4);
        assertFrame(new Framing(4, 2, Framing.Edges.MIRRORED), new float[] {7}, 0, 7, 7, 7, 7);
    }

    private static void assertFrame(Framing framing, float[] x, int frame, double... expected) {
        double[] out = new double[4];
        framing.copy(x, frame, 1, 0, out);
        assertArrayEquals(expected, out);
    }

    @ParameterizedTest
    @EnumSource(WindowFunction.class)
    void weights_eachWindow_isSymmetricAndAtMostOne(WindowFunction window) {
        double[] weights = window.weights(21);
        boolean periodic = window.name().endsWith("PERIODIC");
        for (int i = 1; i < 21; i++) {
            assertEquals(weights[i], weights[periodic ? 21 - i : 20 - i], 1e-12);
            assertTrue(weights[i] >= -1e-12 && weights[i] <= 1);
        }
        assertEquals(1, periodic ? window.weights(20)[10] : weights[10], 1e-12);
    }

    @ParameterizedTest
    @EnumSource(MelBands.Scale.class)
    void mel_thereAndBack_isTheSameFrequency(MelBands.Scale scale) {
        for (double hz = 0; hz <= 8000; hz += 125) {
            assertEquals(hz, scale.hz(scale.mel(hz)), 1e-9 * Math.max(1, hz));
        }
    }

    @Test
    void spectrum_cosineOnABin_hasItsPowerThere() {
        int n = 64;
        for (Spectrum.Kind kind : Spectrum.Kind.values()) {
            Spectrum spectrum = new Spectrum(n, kind);
            double[] frame = new double[n];
            for (int i = 0; i < n; i++) {
                frame[i] = 0.5 * Math.cos(2 * Math.PI * 5 * i / n);
            }
            double[] out = new double[spectrum.bins()];
            spectrum.of(spectrum.transform(), frame, out);
            double expected = switch (kind) {
                case POWER -> 256;
                case MAGNITUDE -> 16;
                case PERIODOGRAM -> 4;
            };
            for (int k = 0; k < out.length; k++) {
                assertEquals(k == 5 ? expected : 0, out[k], 1e-9);
            }
        }
    }

    @Test
    void dct_constantBands_isAllInCoefficientZero() {
        float[] out = new Dct(new Cepstra(4, 0, Cepstra.LifterStart.ZERO), 9)
                .apply(new float[] {3, 3, 3, 3, 3, 3, 3, 3, 3}, 1, 1);
        assertArrayEquals(new float[] {9, 0, 0, 0}, out, 1e-6f);
    }

    @ParameterizedTest
    @EnumSource(Deltas.Method.class)
    void append_parabola_hasItsSlopeAndCurvature(Deltas.Method method) {
        int frames = 21;
        float[] x = new float[frames];
        for (int t = 0; t < frames; t++) {
            x[t] = 0.5f * t * t;
        }
        float[] out = new Deltas(2, 5, method).append(x, frames, 1);
        for (int t = 4; t < frames - 4; t++) {
            assertEquals(x[t], out[3 * t]);
            assertEquals(t, out[3 * t + 1], 1e-5);
            assertEquals(1, out[3 * t + 2], 1e-5);
        }
    }

    @Test
    void append_fewerFramesThanWidth_staysAFit() {
        Deltas deltas = new Deltas(2, 9, Deltas.Method.SAVITZKY_GOLAY);
        assertArrayEquals(new float[] {4, 0, 0}, deltas.append(new float[] {4}, 1, 1));
        float[] out = deltas.append(new float[] {1, 3, 5, 7}, 4, 1);
        assertArrayEquals(new float[] {1, 2, 0, 3, 2, 0, 5, 2, 0, 7, 2, 0}, out, 1e-6f);
    }

    @Test
    void cmvn_slidingWindow_equalsTheMeanOfItsFrames() {
        int frames = 50;
        RandomStream random = new RandomStream(5, 0, 1, 0);
        float[] x = new float[frames * 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        float[] y = x.clone();
        new Cmvn(Cmvn.Kind.SLIDING, 11, 1e-5).applyInPlace(y, frames, 2);
        for (int t = 0; t < frames; t++) {
            int begin = Math.clamp(t - 5, 0, frames - 11);
            double sum = 0;
            for (int k = begin; k < begin + 11; k++) {
                sum += x[2 * k + 1];
            }
            assertEquals(x[2 * t + 1] - sum / 11, y[2 * t + 1], 1e-6);
        }
    }

    @Test
    void cmvn_columnThatHardlyMoves_isNotBlownUp() {
        float[] x = {5, 5.001f, 5, 4.999f};
        new Cmvn(Cmvn.Kind.UTTERANCE_MEAN_VARIANCE, 300, 0.05).applyInPlace(x, 4, 1);
        for (float value : x) {
            assertTrue(Math.abs(value) < 0.03);
        }
    }

    @Test
    void compression_eachScale_isItsFormula() {
        assertEquals(2, new Compression(Compression.Scale.LINEAR, 1, 0).of(2));
        assertEquals(Math.log(2), new Compression(Compression.Scale.LN, 1, 0).of(2));
        assertEquals(0, new Compression(Compression.Scale.LN, 1, 0).of(0));
        assertEquals(Math.log(3), new Compression(Compression.Scale.LN_PLUS, 1, 0).of(2));
        assertEquals(20, new Compression(Compression.Scale.DB, 1e-10, 0).of(100), 1e-12);
        float[] values = {10, -60, -90};
        new Compression(Compression.Scale.DB, 1e-10, 80).limitRangeInPlace(values);
        assertArrayEquals(new float[] {10, -60, -70}, values);
    }
}
