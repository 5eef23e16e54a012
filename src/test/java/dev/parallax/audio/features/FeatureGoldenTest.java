package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Golden;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Framing;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.io.SafeTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every stage of every golden feature file, computed again and compared: librosa 0.10.2, python_speech_features,
/// Kaldi.
class FeatureGoldenTest {

    /// Largest difference relative to the largest value of the tensor: Kaldi computes in float32.
    private static final double TOLERANCE = 5e-6;

    private static final SafeTensors LIBROSA = new Golden("features_librosa").file();
    private static final SafeTensors PSF = new Golden("features_psf").file();
    private static final SafeTensors KALDI = new Golden("features_kaldi").file();

    /// One golden tensor and the settings that make it.
    ///
    /// @param part    which derivative is compared: 0 the features, 1 their slopes, 2 their second derivatives
    /// @param columns whether the tensor is [columns, frames], librosa's layout, instead of [frames, columns]
    record Case(SafeTensors file, String wave, String name, FeatureConfig config, int part, boolean columns) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        addLibrosa(cases, "a16", 16000, 400, 160);
        addLibrosa(cases, "b8", 8000, 200, 80);
        addLibrosa(cases, "c48", 48000, 1200, 480);
        FeatureConfig speech = librosaSpeech(16000, 400, 160);
        FeatureConfig power = speech.edit()
                .compression(new Compression(Compression.Scale.LINEAR, 1e-10, 0))
                .output(FeatureConfig.Output.SPECTRUM)
                .build();
        cases.add(new Case(LIBROSA, "a16.wave", "a16.speech.power", power, 0, true));
        addPsf(cases, "a16", 16000);
        addPsf(cases, "b8", 8000);
        addKaldi(cases, "a16", 16000);
        addKaldi(cases, "b8", 8000);
        return cases.stream();
    }

    private static void addLibrosa(List<Case> cases, String clip, int rate, int frameLength, int hopLength) {
        FeatureConfig defaults = FeaturePresets.librosa(rate);
        FeatureConfig htk = defaults.edit()
                .framing(new Framing(512, 160, Framing.Edges.CENTERED))
                .window(WindowFunction.HAMMING_PERIODIC)
                .spectrum(new Spectrum(512, Spectrum.Kind.POWER))
                .mel(new MelBands(26, 0, rate / 2.0, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_HZ, false))
                .build();
        addLibrosa(cases, clip + ".default", defaults);
        addLibrosa(cases, clip + ".speech", librosaSpeech(rate, frameLength, hopLength));
        addLibrosa(cases, clip + ".htk", htk);
    }

    private static FeatureConfig librosaSpeech(int rate, int frameLength, int hopLength) {
        return FeaturePresets.librosa(rate)
                .edit()
                .framing(new Framing(frameLength, hopLength, Framing.Edges.CENTERED))
                .spectrum(new Spectrum(rate == 48000 ? 2048 : 512, Spectrum.Kind.POWER))
                .mel(new MelBands(40, 20, rate / 2.0, MelBands.Scale.SLANEY, MelBands.Shape.LINEAR_IN_HZ, true))
                .build();
    }

    private static void addLibrosa(List<Case> cases, String name, FeatureConfig mfcc) {
        String wave = name.substring(0, name.indexOf('.')) + ".wave";
        FeatureConfig mel = mfcc.edit().output(FeatureConfig.Output.MEL).build();
        FeatureConfig lifted = mfcc.edit()
                .cepstra(new Cepstra(20, 22, Cepstra.LifterStart.ONE))
                .build();
        FeatureConfig deltas = mfcc.edit()
                .deltas(new Deltas(2, 9, Deltas.Method.SAVITZKY_GOLAY))
                .build();
        cases.add(new Case(LIBROSA, wave, name + ".melDb", mel, 0, true));
        cases.add(new Case(LIBROSA, wave, name + ".mfcc", mfcc, 0, true));
        cases.add(new Case(LIBROSA, wave, name + ".mfccLifter22", lifted, 0, true));
        cases.add(new Case(LIBROSA, wave, name + ".delta", deltas, 1, true));
        cases.add(new Case(LIBROSA, wave, name + ".delta2", deltas, 2, true));
    }

    private static void addPsf(List<Case> cases, String clip, int rate) {
        FeatureConfig mfcc = FeaturePresets.psf(rate);
        FeatureConfig hamming = mfcc.edit()
                .window(WindowFunction.HAMMING)
                .energy(FeatureConfig.Energy.NONE)
                .build();
        FeatureConfig logMel = mfcc.edit()
                .energy(FeatureConfig.Energy.NONE)
                .output(FeatureConfig.Output.MEL)
                .build();
        FeatureConfig linear = logMel.edit()
                .framing(new Framing(rate / 10, rate / 20, Framing.Edges.PADDED))
                .window(WindowFunction.HAMMING)
                .spectrum(new Spectrum(2048, Spectrum.Kind.PERIODOGRAM))
                .mel(new MelBands(80, 0, rate / 2.0, MelBands.Scale.HTK, MelBands.Shape.WHOLE_BINS, false))
                .compression(new Compression(Compression.Scale.LINEAR, 1e-10, 0))
                .build();
        FeatureConfig delta =
                mfcc.edit().deltas(new Deltas(1, 5, Deltas.Method.REGRESSION)).build();
        String wave = clip + ".wave";
        cases.add(new Case(PSF, wave, clip + ".mfcc13", mfcc, 0, false));
        cases.add(new Case(PSF, wave, clip + ".mfcc13Hamming", hamming, 0, false));
        cases.add(new Case(PSF, wave, clip + ".logFbank26", logMel, 0, false));
        cases.add(new Case(PSF, wave, clip + ".fbank80_100ms", linear, 0, false));
        cases.add(new Case(PSF, wave, clip + ".delta", delta, 1, false));
    }

    private static void addKaldi(List<Case> cases, String clip, int rate) {
        FeatureConfig withEnergy = FeaturePresets.kaldi(rate);
        FeatureConfig mfcc = withEnergy.edit().energy(FeatureConfig.Energy.NONE).build();
        FeatureConfig mirrored = mfcc.edit()
                .framing(new Framing(rate / 40, rate / 100, Framing.Edges.MIRRORED))
                .build();
        FeatureConfig logMel = mfcc.edit()
                .mel(new MelBands(40, 20, rate / 2.0, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_MEL, false))
                .output(FeatureConfig.Output.MEL)
                .build();
        String wave = clip + ".wave";
        cases.add(new Case(KALDI, wave, clip + ".mfcc.snip1", mfcc, 0, false));
        cases.add(new Case(KALDI, wave, clip + ".mfcc.snip0", mirrored, 0, false));
        cases.add(new Case(KALDI, wave, clip + ".mfcce.snip1", withEnergy, 0, false));
        cases.add(new Case(KALDI, wave, clip + ".fbank.snip1", logMel, 0, false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void extract_goldenWave_equalsItsNamesake(Case golden) {
        float[] expected = golden.file().floats(golden.name());
        int[] shape = golden.file().shape(golden.name());
        int frames = shape[golden.columns() ? 1 : 0];
        int size = shape[golden.columns() ? 0 : 1];
        Audio audio =
                new Audio(golden.file().floats(golden.wave()), golden.config().sampleRate());
        Features features = new FeatureExtractor(golden.config()).extract(audio);
        assertEquals(frames, features.frames());
        assertEquals(size * (1 + golden.config().deltas().order()), features.size());
        double largest = 0;
        double difference = 0;
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < size; i++) {
                float wanted = expected[golden.columns() ? i * frames + t : t * size + i];
                largest = Math.max(largest, Math.abs(wanted));
                difference = Math.max(difference, Math.abs((double) wanted - features.at(t, golden.part() * size + i)));
            }
        }
        double relative = difference / largest;
        assertTrue(relative <= TOLERANCE, golden + ": relative difference " + relative);
    }

    @Test
    void cases_coverEveryTensorOfTheFiles() {
        List<String> covered = new ArrayList<>(List.of("a16.speech.filterbank"));
        cases().forEach(c -> covered.add(c.name()));
        int tensors = 0;
        for (SafeTensors file : List.of(LIBROSA, PSF, KALDI)) {
            for (String name : file.names()) {
                assertTrue(name.endsWith(".wave") || covered.contains(name), name);
                tensors += name.endsWith(".wave") ? 0 : 1;
            }
        }
        assertEquals(tensors, covered.size());
    }

    @Test
    void filterbank_librosaSpeech_equalsLibrosa() {
        FeatureConfig config = librosaSpeech(16000, 400, 160);
        float[] matrix = new MelFilterbank(config.mel(), 512, 16000).matrix();
        float[] expected = LIBROSA.floats("a16.speech.filterbank");
        assertArrayEquals(expected, matrix, 1e-8f);
    }
}
