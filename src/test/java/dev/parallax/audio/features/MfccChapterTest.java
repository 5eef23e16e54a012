package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Framing;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import org.junit.jupiter.api.Test;

/// The numbers of `docs/mfcc.md`, in the chapter's order; each test goes on where the one before ended.
class MfccChapterTest {

    private static final double TOLERANCE = 5e-6;
    private static final float[] X = {0, 0.375f, 0.5f, 0.125f, -0.375f, -0.5f, 0, 0.25f};
    private static final double[] EMPHASISED = {0, 0.375, 0.13625, -0.36, -0.49625, -0.13625, 0.485, 0.25};
    private static final double[] WINDOWED = {0, 0.09495, 0.08752, -0.34360, -0.47364, -0.08752, 0.12280, 0.02};
    private static final double[] POWER = {0.33582, 0.76590, 0.57739, 0.01627, 0.00279};
    private static final double[] BANDS = {0.10428, 0.75653, 0.49066};
    private static final double[] LOG_MEL = {-2.25975, -0.27889, -0.71181};
    private static final double[] MFCC = {-1.87664, -1.09456, -0.98542};
    private static final MelBands THREE_BANDS =
            new MelBands(3, 0, 4000, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_MEL, false);
    private static final Compression LOG = new Compression(Compression.Scale.LN_PLUS, 1e-4, 0);

    @Test
    void frames_oneSecond_isCountedInFourWays() {
        assertEquals(98, new Framing(400, 160, Framing.Edges.SNIP).frames(16000));
        assertEquals(99, new Framing(400, 160, Framing.Edges.PADDED).frames(16000));
        assertEquals(101, new Framing(400, 160, Framing.Edges.CENTERED).frames(16000));
        assertEquals(100, new Framing(400, 160, Framing.Edges.MIRRORED).frames(16000));
    }

    @Test
    void preEmphasis_frame_isAsPrinted() {
        double[] out = new double[8];
        new Framing(8, 8, Framing.Edges.SNIP).copy(X, 0, 1, 0.97, out);
        assertArrayEquals(EMPHASISED, out, TOLERANCE);
    }

    @Test
    void window_hamming_isAsPrinted() {
        double[] w = WindowFunction.HAMMING.weights(8);
        double[] printed = {0.08, 0.25319, 0.64236, 0.95445, 0.95445, 0.64236, 0.25319, 0.08};
        assertArrayEquals(printed, w, TOLERANCE);
        double[] windowed = new double[8];
        for (int i = 0; i < 8; i++) {
            windowed[i] = w[i] * EMPHASISED[i];
        }
        assertArrayEquals(WINDOWED, windowed, TOLERANCE);
    }

    @Test
    void spectrum_frame_isAsPrinted() {
        Spectrum spectrum = new Spectrum(8, Spectrum.Kind.POWER);
        double[] power = new double[5];
        spectrum.of(spectrum.transform(), WINDOWED.clone(), power);
        assertArrayEquals(POWER, power, 3e-5);
    }

    @Test
    void mel_scaleAndBands_areAsPrinted() {
        assertEquals(999.99, MelBands.Scale.HTK.mel(1000), 0.005);
        assertEquals(1521.36, MelBands.Scale.HTK.mel(2000), 0.005);
        assertEquals(2146.06, MelBands.Scale.HTK.mel(4000), 0.005);
        assertArrayEquals(new double[] {0, 426.8, 1113.8, 2219.8, 4000}, THREE_BANDS.corners(), 0.05);
        MelFilterbank filterbank = new MelFilterbank(THREE_BANDS, 8, 8000);
        float[] weights = {0, 0.13615f, 0, 0, 0, 0, 0.86385f, 0.16437f, 0, 0, 0, 0, 0.83563f, 0.50252f, 0};
        assertArrayEquals(weights, filterbank.matrix(), 6e-6f);
        double[] bands = new double[3];
        filterbank.apply(POWER, bands);
        assertArrayEquals(BANDS, bands, 2e-5);
    }

    @Test
    void logarithm_bands_areAsPrinted() {
        for (int b = 0; b < 3; b++) {
            assertEquals(LOG_MEL[b], LOG.of(BANDS[b]), 5e-5);
        }
    }

    @Test
    void cosineTransform_andLifter_areAsPrinted() {
        float[] logMel = {(float) LOG_MEL[0], (float) LOG_MEL[1], (float) LOG_MEL[2]};
        float[] mfcc = new Dct(new Cepstra(3, 0, Cepstra.LifterStart.ZERO), 3).apply(logMel, 1, 1);
        for (int n = 0; n < 3; n++) {
            assertEquals(MFCC[n], mfcc[n], 1e-5);
        }
        Cepstra lifted = new Cepstra(4, 22, Cepstra.LifterStart.ZERO);
        double[] printed = {1, 2.56546, 4.09906, 5.56957};
        for (int n = 0; n < 4; n++) {
            assertEquals(printed[n], lifted.lifterWeight(n), TOLERANCE);
        }
    }

    @Test
    void deltas_squares_haveTheSlopePrinted() {
        float[] squares = {1, 4, 9, 16, 25};
        float[] regression = new Deltas(1, 5, Deltas.Method.REGRESSION).append(squares, 5, 1);
        assertEquals(6, regression[2 * 2 + 1], 1e-6);
        assertEquals(1.9, regression[1], 1e-6);
        float[] fit = new Deltas(1, 5, Deltas.Method.SAVITZKY_GOLAY).append(squares, 5, 1);
        assertEquals(6, fit[1], 1e-6);
    }

    @Test
    void normalisation_squares_areAsPrinted() {
        float[] squares = {1, 4, 9, 16, 25};
        new Cmvn(Cmvn.Kind.UTTERANCE_MEAN_VARIANCE, 300, 1e-5).applyInPlace(squares, 5, 1);
        float[] printed = {-1.15624f, -0.80937f, -0.23125f, 0.57812f, 1.61874f};
        assertArrayEquals(printed, squares, 1e-5f);
    }

    /// The whole way at once: the extractor with the chapter's settings.
    @Test
    void extract_chapterFrame_givesTheChaptersMfcc() {
        FeatureConfig speech = FeatureConfig.preset("speech");
        FeatureConfig config = new FeatureConfig(
                8000,
                1,
                new Framing(8, 8, Framing.Edges.SNIP),
                false,
                speech.preEmphasis(),
                WindowFunction.HAMMING,
                new Spectrum(8, Spectrum.Kind.POWER),
                THREE_BANDS,
                LOG,
                new Cepstra(3, 0, Cepstra.LifterStart.ZERO),
                FeatureConfig.Output.MFCC,
                FeatureConfig.Energy.NONE,
                Deltas.NONE,
                Cmvn.NONE,
                1);
        Features features = new FeatureExtractor(config).extract(new Audio(X, 8000));
        for (int n = 0; n < 3; n++) {
            assertEquals(MFCC[n], features.at(0, n), TOLERANCE);
        }
    }
}
