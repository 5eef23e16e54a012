package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.util.List;

/// Named settings. "The MFCC differ" is what users of two toolkits meet first; so a convention has a name, and each of
/// these equals its namesake's numbers.
final class FeaturePresets {

    static final List<String> NAMES = List.of("speech", "librosa", "kaldi", "psf");

    private static final double FLOAT_EPSILON = Math.ulp(1f);
    private static final double DOUBLE_EPSILON = Math.ulp(1.0);

    private FeaturePresets() {}

    static FeatureConfig byName(String name) {
        return switch (name) {
            case "speech" -> speech();
            case "librosa" -> librosa(22050);
            case "kaldi" -> kaldi(16000);
            case "psf" -> psf(16000);
            default ->
                throw new BadInputException("features: there is no preset \"" + name + "\"; take one of " + NAMES);
        };
    }

    /// Our default: 40 log-mel bands less their mean over the utterance, every 10 ms, for 16 kHz.
    ///
    /// The mean takes away level, microphone and room. Deviations are kept: how far a voice moves is part of
    /// what it says (bands scaled to unit deviation score 0.07 less on the validation speakers of EMO-DB).
    ///
    /// Two choices make copies of a recording give the same features. The bands end at 7000 Hz, below the
    /// transition band of resamplers (ours begins at 7360 Hz). The floor of the logarithm stands well above the
    /// noise of 16-bit samples: rounding has a power of 2^-30 / 12 = 7.8e-11 a sample, TPDF dither makes it
    /// three times as much; times Σ w² = 159 of the window, 3.8 of the pre-emphasis at most, and 12 bins of the
    /// widest band that is 1.7e-6. The floor of 1e-4 is 60 times that, and 81 dB below a tone of full scale.
    static FeatureConfig speech() {
        return new FeatureConfig(
                16000,
                1,
                new Framing(400, 160, Framing.Edges.SNIP),
                false,
                new PreEmphasis(0.97, PreEmphasis.Scope.SIGNAL),
                Window.HAMMING,
                new Spectrum(512, Spectrum.Kind.POWER),
                new MelBands(40, 20, 7000, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_MEL, false),
                new Compression(Compression.Scale.LN_PLUS, 1e-4, 0),
                new Cepstra(13, 22, Cepstra.LifterStart.ZERO),
                FeatureConfig.Output.MEL,
                FeatureConfig.Energy.NONE,
                Deltas.NONE,
                new Cmvn(Cmvn.Kind.UTTERANCE_MEAN, 300, 1e-5),
                1);
    }

    /// librosa 0.10: `librosa.feature.mfcc(y=y, sr=sampleRate)`.
    static FeatureConfig librosa(int sampleRate) {
        return new FeatureConfig(
                sampleRate,
                1,
                new Framing(2048, 512, Framing.Edges.CENTERED),
                false,
                PreEmphasis.NONE,
                Window.HANN_PERIODIC,
                new Spectrum(2048, Spectrum.Kind.POWER),
                new MelBands(128, 0, sampleRate / 2.0, MelBands.Scale.SLANEY, MelBands.Shape.LINEAR_IN_HZ, true),
                new Compression(Compression.Scale.DB, 1e-10, 80),
                new Cepstra(20, 0, Cepstra.LifterStart.ONE),
                FeatureConfig.Output.MFCC,
                FeatureConfig.Energy.NONE,
                Deltas.NONE,
                Cmvn.NONE,
                1);
    }

    /// Kaldi: `compute-mfcc-feats --dither=0` and its defaults (`use_energy` is one).
    static FeatureConfig kaldi(int sampleRate) {
        int frameLength = sampleRate / 40;
        return new FeatureConfig(
                sampleRate,
                32768,
                new Framing(frameLength, sampleRate / 100, Framing.Edges.SNIP),
                true,
                new PreEmphasis(0.97, PreEmphasis.Scope.FRAME),
                Window.POVEY,
                new Spectrum(nextPowerOfTwo(frameLength), Spectrum.Kind.POWER),
                new MelBands(23, 20, sampleRate / 2.0, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_MEL, false),
                new Compression(Compression.Scale.LN, FLOAT_EPSILON, 0),
                new Cepstra(13, 22, Cepstra.LifterStart.ZERO),
                FeatureConfig.Output.MFCC,
                FeatureConfig.Energy.FIRST_RAW,
                Deltas.NONE,
                Cmvn.NONE,
                1);
    }

    /// python_speech_features: `mfcc(signal, sampleRate)` with nfft 512 and its defaults.
    static FeatureConfig psf(int sampleRate) {
        return new FeatureConfig(
                sampleRate,
                1,
                new Framing((int) (0.025 * sampleRate + 0.5), (int) (0.01 * sampleRate + 0.5), Framing.Edges.PADDED),
                false,
                new PreEmphasis(0.97, PreEmphasis.Scope.SIGNAL),
                Window.RECTANGULAR,
                new Spectrum(512, Spectrum.Kind.PERIODOGRAM),
                new MelBands(26, 0, sampleRate / 2.0, MelBands.Scale.HTK, MelBands.Shape.WHOLE_BINS, false),
                new Compression(Compression.Scale.LN, DOUBLE_EPSILON, 0),
                new Cepstra(13, 22, Cepstra.LifterStart.ZERO),
                FeatureConfig.Output.MFCC,
                FeatureConfig.Energy.FIRST_SPECTRUM,
                Deltas.NONE,
                Cmvn.NONE,
                1);
    }

    private static int nextPowerOfTwo(int n) {
        return Integer.highestOneBit(n - 1) << 1;
    }
}
