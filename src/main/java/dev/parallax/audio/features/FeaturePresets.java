package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.audio.Framing;
import dev.parallax.audio.Smoothing;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.audio.pitch.Pitch;
import dev.parallax.audio.speech.SpeechNormalization;
import java.util.List;

/// Named settings. "The MFCC differ" is what users of two toolkits meet first. So each convention has a name, and
/// each that is named after a toolkit gives the numbers of that toolkit.
final class FeaturePresets {

    static final List<String> NAMES =
            List.of("speech", "librosa", "kaldi", "psf", "prosody", "speech-prosody", "functionals", "is09");

    private static final double FLOAT_EPSILON = Math.ulp(1f);
    private static final double DOUBLE_EPSILON = Math.ulp(1.0);

    private FeaturePresets() {}

    static FeatureConfig byName(String name) {
        return switch (name) {
            case "speech" -> speech();
            case "librosa" -> librosa(22050);
            case "kaldi" -> kaldi(16000);
            case "psf" -> psf(16000);
            case "prosody" -> prosody();
            case "speech-prosody" -> speechProsody();
            case "functionals" -> functionals();
            case "is09" -> is09();
            default ->
                throw new BadInputException("features: there is no preset \"" + name + "\"; take one of " + NAMES);
        };
    }

    /// Our default: 40 log-mel bands less their mean over the utterance, every 10 ms, for 16 kHz.
    ///
    /// Subtracting the mean removes level, microphone and room. Deviations are kept: how far a voice moves carries
    /// emotion (bands scaled to unit deviation score 0.07 less on the validation speakers of EMO-DB).
    ///
    /// Two choices make copies of a recording give the same features. First, the bands end at 7000 Hz, below the
    /// transition band of resamplers (ours begins at 7360 Hz). Second, the floor of the logarithm is well above the
    /// noise of 16-bit samples. Rounding has a power of 2^-30 / 12 = 7.8e-11 per sample, and TPDF dither (noise
    /// with a triangular distribution) makes it three times as much. The factors on it are Σ w² = 159 of the
    /// window, at most 3.8 of the pre-emphasis, and 12 bins of the widest band: 1.7e-6 together. The floor of 1e-4
    /// is 60 times that, and 81 dB below a tone of full scale.
    static FeatureConfig speech() {
        return new FeatureConfig(
                        16000,
                        1,
                        new Framing(400, 160, Framing.Edges.SNIP),
                        false,
                        new PreEmphasis(0.97, PreEmphasis.Scope.SIGNAL),
                        WindowFunction.HAMMING,
                        new Spectrum(512, Spectrum.Kind.POWER),
                        new MelBands(40, 20, 7000, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_MEL, false),
                        new Compression(Compression.Scale.LN_PLUS, 1e-4, 0),
                        new Cepstra(13, 22, Cepstra.LifterStart.ZERO),
                        FeatureConfig.Output.MEL,
                        FeatureConfig.Energy.NONE,
                        Deltas.NONE,
                        new Cmvn(Cmvn.Kind.UTTERANCE_MEAN, 300, 1e-5),
                        1)
                .edit()
                .speech(SpeechNormalization.STANDARD)
                .build();
    }

    /// librosa 0.10: `librosa.feature.mfcc(y=y, sr=sampleRate)`.
    static FeatureConfig librosa(int sampleRate) {
        return new FeatureConfig(
                sampleRate,
                1,
                new Framing(2048, 512, Framing.Edges.CENTERED),
                false,
                PreEmphasis.NONE,
                WindowFunction.HANN_PERIODIC,
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
                WindowFunction.POVEY,
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
                WindowFunction.RECTANGULAR,
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

    /// Basic prosody: F0 in Hz, voicing, rms, zero-crossing rate, every 10 ms.
    static FeatureConfig prosody() {
        return speech().edit()
                .output(FeatureConfig.Output.NONE)
                .speech(SpeechNormalization.OFF)
                .prosody(new Prosody(Prosody.F0.HZ, true, true, true, Pitch.STANDARD))
                .cmvn(Cmvn.NONE)
                .build();
    }

    /// `speech` with the contour of F0 in semitones and voicing beside the bands. Each is less its mean, too, so
    /// that F0 shows how the pitch moves, not who speaks.
    static FeatureConfig speechProsody() {
        return speech().edit()
                .prosody(new Prosody(Prosody.F0.SEMITONES, true, false, false, Pitch.STANDARD))
                .build();
    }

    /// One row per recording: statistics of 20 cepstra, log energy, F0 in semitones, voicing, zero-crossing rate,
    /// and of their first and second derivatives; 576 columns. The sizes were chosen by an inner cross-validation
    /// over the training speakers of EMO-DB (docs/results).
    static FeatureConfig functionals() {
        return speech().edit()
                .output(FeatureConfig.Output.MFCC)
                .cepstra(new Cepstra(20, 22, Cepstra.LifterStart.ZERO))
                .energy(FeatureConfig.Energy.COLUMN)
                .prosody(new Prosody(Prosody.F0.SEMITONES, true, false, true, Pitch.STANDARD))
                .deltas(new Deltas(2, 5, Deltas.Method.REGRESSION))
                .cmvn(Cmvn.NONE)
                .functionals(Functionals.STATISTICS)
                .build();
    }

    /// The 384 features of the INTERSPEECH 2009 Emotion Challenge [1], table 1. They are mel cepstra 1 to 12 as HTK
    /// makes them (magnitude spectrum, 26 bands, lifter 22), F0, voicing by autocorrelation, rms and zero-crossing
    /// rate. All are averaged over 3 frames; then come their slopes, and 12 functionals of each.
    ///
    /// Written from the paper. What it leaves open is chosen here. F0 is in Hz and 0 where unvoiced. Voicing is the
    /// normalised autocorrelation (the paper's harmonics-to-noise ratio is a function of it). Slopes are
    /// regressions over 5 frames, positions run from 0 to 1, and lines are in seconds. So values agree in meaning
    /// with those of other implementations, not digit for digit.
    ///
    /// [1] B. Schuller, S. Steidl, A. Batliner, "The INTERSPEECH 2009 Emotion Challenge", INTERSPEECH 2009.
    static FeatureConfig is09() {
        return new FeatureConfig(
                16000,
                SpeechNormalization.STANDARD,
                32768,
                new Framing(400, 160, Framing.Edges.SNIP),
                false,
                new PreEmphasis(0.97, PreEmphasis.Scope.FRAME),
                WindowFunction.HAMMING,
                new Spectrum(512, Spectrum.Kind.MAGNITUDE),
                new MelBands(26, 0, 8000, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_MEL, false),
                new Compression(Compression.Scale.LN, 1, 0),
                new Cepstra(1, 12, 22, Cepstra.LifterStart.ZERO),
                FeatureConfig.Output.MFCC,
                FeatureConfig.Energy.NONE,
                new Prosody(Prosody.F0.HZ, true, true, true, Pitch.STANDARD),
                new Smoothing(3),
                new Deltas(1, 5, Deltas.Method.REGRESSION),
                Cmvn.NONE,
                1,
                Functionals.IS09);
    }

    private static int nextPowerOfTwo(int n) {
        return Integer.highestOneBit(n - 1) << 1;
    }
}
