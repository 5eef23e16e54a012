package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.audio.Framing;
import dev.parallax.audio.Smoothing;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.audio.speech.SpeechNormalization;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The settings that decide what features a recording has, in the order of the stages. The model file contains them
/// as JSON.
///
/// @param sampleRate  rate that recordings are brought to [Hz]
/// @param speech      whether silence is cut and speech brought to a standard level
/// @param sampleScale factor on the samples, 1, or 32768 for Kaldi, which works on 16-bit integers
/// @param framing     how the signal is cut
/// @param removeDc    whether each frame's mean is subtracted
/// @param preEmphasis the first difference
/// @param window      the taper
/// @param spectrum    length of the transform, at least the frame's, and what is taken of it
/// @param mel         the filterbank; `fMax` at most half the sample rate
/// @param compression from energies to loudness
/// @param cepstra     the DCT of MFCC
/// @param output      the stage that is the result
/// @param energy      whether and how the frame's log energy is among the columns
/// @param prosody     columns about pitch and strength, behind those
/// @param smoothing   a moving average of all these columns over time
/// @param deltas      derivatives over time, of the smoothed columns
/// @param cmvn        normalisation over time
/// @param stack       number s of successive frames put side by side in one row, 1 or more; rows are then s hops
///                    apart, and the last row repeats the last frame where frames are missing; 1 with functionals
/// @param functionals what makes one row of the whole recording, or none
public record FeatureConfig(
        int sampleRate,
        SpeechNormalization speech,
        double sampleScale,
        Framing framing,
        boolean removeDc,
        PreEmphasis preEmphasis,
        WindowFunction window,
        Spectrum spectrum,
        MelBands mel,
        Compression compression,
        Cepstra cepstra,
        Output output,
        Energy energy,
        Prosody prosody,
        Smoothing smoothing,
        Deltas deltas,
        Cmvn cmvn,
        int stack,
        Functionals functionals) {

    /// The stage that is the result.
    public enum Output {
        /// Nothing of the spectrum: energy and prosody alone.
        NONE(""),
        /// The compressed spectrum, nFft / 2 + 1 columns `bin0`...
        SPECTRUM("bin"),
        /// The compressed mel bands, columns `mel0`...: log-mel with `LN`, decibels with `DB`.
        MEL("mel"),
        /// The DCT of the compressed mel bands, columns `mfcc0`...
        MFCC("mfcc");

        private final String column;

        Output(String column) {
            this.column = column;
        }
    }

    /// How the log energy of a frame, ln(max(E, floor)), is among the columns.
    public enum Energy {
        /// Not at all.
        NONE,
        /// As one more column `energy`, E = Σ x² before pre-emphasis and window.
        COLUMN,
        /// In the place of column 0, E = Σ x² before pre-emphasis and window (Kaldi, `use_energy`).
        FIRST_RAW,
        /// In the place of column 0, E = the sum of the spectrum (python_speech_features, `appendEnergy`).
        FIRST_SPECTRUM
    }

    /// Raised when the same settings come to give other numbers, so that no cache returns old ones.
    private static final int VERSION = 6;

    private static final String TRIM = "trim";
    private static final String CEPSTRA = "cepstra";
    private static final String FIRST = "first";

    // stages that former versions do not name were off
    private static final RecordJson<FeatureConfig> JSON = RecordJson.of(FeatureConfig.class)
            .since("speech", SpeechNormalization.OFF)
            .since("prosody", Prosody.NONE)
            .since("smoothing", Smoothing.NONE)
            .since("functionals", Functionals.NONE)
            .as(
                    "smoothing",
                    (Smoothing s) -> new Json.Whole(s.width()),
                    (json, key) -> new Smoothing(json.integer(key)))
            .formerly(FeatureConfig::ofToday);

    private static final int HIGHEST_RATE = 768_000; // [Hz]
    private static final int HIGHEST_STACK = 10_000;

    public FeatureConfig {
        if (sampleRate < 1 || sampleRate > HIGHEST_RATE || !(sampleScale > 0) || stack < 1 || stack > HIGHEST_STACK) {
            throw new BadInputException(
                    "features: sampleRate " + sampleRate + " must be in [1, " + HIGHEST_RATE + "], sampleScale "
                            + sampleScale + " above 0 and stack " + stack + " in [1, " + HIGHEST_STACK + "]");
        }
        if (spectrum.nFft() < framing.frameLength()) {
            throw new BadInputException("features: spectrum.nFft is " + spectrum.nFft() + ", must be at least the "
                    + framing.frameLength() + " samples of a frame (framing.frameLength)");
        }
        if (mel.fMax() > sampleRate / 2.0) {
            throw new BadInputException("features: mel.fMax is " + mel.fMax()
                    + " Hz, must be at most half of sampleRate " + sampleRate + " Hz");
        }
        if (stack > 1 && functionals != Functionals.NONE) {
            throw new BadInputException("features: stack is " + stack + ", must be 1 with functionals " + functionals
                    + ": their one row is the whole recording");
        }
        boolean replaces = energy == Energy.FIRST_RAW || energy == Energy.FIRST_SPECTRUM;
        if (output == Output.NONE && (replaces || (energy == Energy.NONE && prosody.size() == 0))) {
            throw new BadInputException("features: output NONE needs columns of its own: set energy to COLUMN, or"
                    + " prosody.f0, prosody.voicing, prosody.rms or prosody.zeroCrossings");
        }
    }

    /// Settings without normalisation of speech, prosody, smoothing and functionals.
    public FeatureConfig(
            int sampleRate,
            double sampleScale,
            Framing framing,
            boolean removeDc,
            PreEmphasis preEmphasis,
            WindowFunction window,
            Spectrum spectrum,
            MelBands mel,
            Compression compression,
            Cepstra cepstra,
            Output output,
            Energy energy,
            Deltas deltas,
            Cmvn cmvn,
            int stack) {
        this(
                sampleRate,
                SpeechNormalization.OFF,
                sampleScale,
                framing,
                removeDc,
                preEmphasis,
                window,
                spectrum,
                mel,
                compression,
                cepstra,
                output,
                energy,
                Prosody.NONE,
                Smoothing.NONE,
                deltas,
                cmvn,
                stack,
                Functionals.NONE);
    }

    /// The settings of a name: `speech` (the default of models), `librosa`, `kaldi`, `psf`, `prosody`,
    /// `speech-prosody`, `functionals`, `is09`; see [FeaturePresets].
    public static FeatureConfig preset(String name) {
        return FeaturePresets.byName(name);
    }

    /// The names that [#preset] accepts.
    public static List<String> presets() {
        return FeaturePresets.NAMES;
    }

    /// These settings, to change some of them.
    public FeatureConfigBuilder edit() {
        return new FeatureConfigBuilder(this);
    }

    /// These settings with another number of frames in a row; with functionals, whose one row is the whole
    /// recording, they stay as they are.
    public FeatureConfig withStack(int changed) {
        return utteranceLevel() ? this : edit().stack(changed).build();
    }

    /// Whether a recording has one row, of functionals, instead of one for each stack of frames.
    public boolean utteranceLevel() {
        return functionals != Functionals.NONE;
    }

    /// Columns of the output and the energy, before prosody, deltas and stacking.
    public int baseSize() {
        int size = switch (output) {
            case NONE -> 0;
            case SPECTRUM -> spectrum.bins();
            case MEL -> mel.count();
            case MFCC -> cepstra.count();
        };
        return energy == Energy.COLUMN ? size + 1 : size;
    }

    /// Columns of a frame before deltas and stacking.
    public int frameSize() {
        return baseSize() + prosody.size();
    }

    private List<String> frameColumns() {
        List<String> columns = new ArrayList<>();
        int base = baseSize();
        int first = output == Output.MFCC ? cepstra.first() : 0;
        for (int i = 0; i < base; i++) {
            boolean isEnergy = energy == Energy.COLUMN ? i == base - 1 : energy != Energy.NONE && i == 0;
            columns.add(isEnergy ? "energy" : output.column + (first + i));
        }
        columns.addAll(prosody.columns());
        return columns;
    }

    /// Seconds from one row to the next: the hop of all frames that a row holds. With functionals there is no next
    /// row; it is the hop of the frames that they are taken of.
    public double rowSeconds() {
        return (double) stack * framing.hopLength() / sampleRate;
    }

    /// The names of the columns: those of a frame, then with `_d1`, `_d2` for derivatives, then with `+1`... for
    /// stacked frames; with functionals, each of them with the name of each functional.
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (int frame = 0; frame < stack; frame++) {
            for (int order = 0; order <= deltas.order(); order++) {
                String suffix = (order == 0 ? "" : "_d" + order) + (frame == 0 ? "" : "+" + frame);
                frameColumns().forEach(column -> columns.add(column + suffix));
            }
        }
        return utteranceLevel() ? functionals.columns(columns) : columns;
    }

    /// Number of columns.
    public int size() {
        int size = frameSize() * (1 + deltas.order()) * stack;
        return utteranceLevel() ? size * functionals.members().size() : size;
    }

    /// How often the same columns stand side by side in a row: once per derivative and stacked frame. A mask on
    /// bands applies to all of them (see [dev.parallax.audio.variation.SpecAugment]).
    public int groups() {
        return utteranceLevel() ? 1 : (1 + deltas.order()) * stack;
    }

    /// One row that stands for a recording of any length: its features where they are functionals, else their
    /// [Functionals#STATISTICS]. Of stacked frames and derivatives only the first group of columns is used; the
    /// others contain the same.
    ///
    /// @param features with these settings, not modified
    public float[] statistics(Features features) {
        if (utteranceLevel()) {
            return features.values();
        }
        int width = size();
        int columns = width / groups();
        float[] first = new float[features.frames() * columns];
        for (int t = 0; t < features.frames(); t++) {
            System.arraycopy(features.values(), t * width, first, t * columns, columns);
        }
        Features some =
                new Features(first, features.frames(), features.columns().subList(0, columns));
        return Functionals.STATISTICS.of(some, rowSeconds()).values();
    }

    /// The highest frequency that the features depend on [Hz]. It is half of the sample rate where the spectrum,
    /// strength or zero crossings are among them, else that of the bands or of F0.
    public double highestHz() {
        boolean all = output == Output.SPECTRUM || prosody.rms() || prosody.zeroCrossings();
        if (all) {
            return sampleRate / 2.0;
        }
        return output == Output.NONE ? prosody.pitch().maxHz() : mel.fMax();
    }

    /// SHA-256 of the settings and of the version of this code, in hex: equal digests, equal features.
    public String digest() {
        String text = VERSION + toJson().toText();
        return SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The settings as JSON, for the model file.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// The settings that [#toJson] wrote.
    ///
    /// @throws BadInputException naming the field that is missing, unknown or out of range
    public static FeatureConfig fromJson(JsonObject json) {
        return JSON.read(json);
    }

    /// Models of former versions had cepstra from 0 on, and a stage `trim`; where that was off, nothing is lost
    /// without it.
    private static JsonObject ofToday(JsonObject json) {
        if (json.has(TRIM) && json.object(TRIM).flag("on")) {
            throw new BadInputException(
                    json.where() + ": these features were trimmed (trim.on), which speech.on does in"
                            + " another way now; train the model again, or use the version of Parallax that wrote it");
        }
        JsonObject today = json.without(TRIM);
        return today.get(CEPSTRA) instanceof JsonObject cepstra && !cepstra.has(FIRST)
                ? today.with(CEPSTRA, cepstra.with(FIRST, 0))
                : today;
    }
}
