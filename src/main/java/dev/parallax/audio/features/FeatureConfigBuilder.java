package dev.parallax.audio.features;

import dev.parallax.audio.Framing;
import dev.parallax.audio.Smoothing;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.audio.speech.SpeechNormalization;

/// A copy of [FeatureConfig], which explains the settings, in which single ones are exchanged. [#build] checks it as
/// a whole.
public final class FeatureConfigBuilder {

    private int sampleRate;
    private SpeechNormalization speech;
    private double sampleScale;
    private Framing framing;
    private boolean removeDc;
    private PreEmphasis preEmphasis;
    private WindowFunction window;
    private Spectrum spectrum;
    private MelBands mel;
    private Compression compression;
    private Cepstra cepstra;
    private FeatureConfig.Output output;
    private FeatureConfig.Energy energy;
    private Prosody prosody;
    private Smoothing smoothing;
    private Deltas deltas;
    private Cmvn cmvn;
    private int stack;
    private Functionals functionals;

    FeatureConfigBuilder(FeatureConfig config) {
        this.sampleRate = config.sampleRate();
        this.speech = config.speech();
        this.sampleScale = config.sampleScale();
        this.framing = config.framing();
        this.removeDc = config.removeDc();
        this.preEmphasis = config.preEmphasis();
        this.window = config.window();
        this.spectrum = config.spectrum();
        this.mel = config.mel();
        this.compression = config.compression();
        this.cepstra = config.cepstra();
        this.output = config.output();
        this.energy = config.energy();
        this.prosody = config.prosody();
        this.smoothing = config.smoothing();
        this.deltas = config.deltas();
        this.cmvn = config.cmvn();
        this.stack = config.stack();
        this.functionals = config.functionals();
    }

    public FeatureConfigBuilder sampleRate(int changed) {
        sampleRate = changed;
        return this;
    }

    public FeatureConfigBuilder speech(SpeechNormalization changed) {
        speech = changed;
        return this;
    }

    public FeatureConfigBuilder sampleScale(double changed) {
        sampleScale = changed;
        return this;
    }

    public FeatureConfigBuilder framing(Framing changed) {
        framing = changed;
        return this;
    }

    public FeatureConfigBuilder removeDc(boolean changed) {
        removeDc = changed;
        return this;
    }

    public FeatureConfigBuilder preEmphasis(PreEmphasis changed) {
        preEmphasis = changed;
        return this;
    }

    public FeatureConfigBuilder window(WindowFunction changed) {
        window = changed;
        return this;
    }

    public FeatureConfigBuilder spectrum(Spectrum changed) {
        spectrum = changed;
        return this;
    }

    public FeatureConfigBuilder mel(MelBands changed) {
        mel = changed;
        return this;
    }

    public FeatureConfigBuilder compression(Compression changed) {
        compression = changed;
        return this;
    }

    public FeatureConfigBuilder cepstra(Cepstra changed) {
        cepstra = changed;
        return this;
    }

    public FeatureConfigBuilder output(FeatureConfig.Output changed) {
        output = changed;
        return this;
    }

    public FeatureConfigBuilder energy(FeatureConfig.Energy changed) {
        energy = changed;
        return this;
    }

    public FeatureConfigBuilder prosody(Prosody changed) {
        prosody = changed;
        return this;
    }

    public FeatureConfigBuilder smoothing(Smoothing changed) {
        smoothing = changed;
        return this;
    }

    public FeatureConfigBuilder deltas(Deltas changed) {
        deltas = changed;
        return this;
    }

    public FeatureConfigBuilder cmvn(Cmvn changed) {
        cmvn = changed;
        return this;
    }

    public FeatureConfigBuilder stack(int changed) {
        stack = changed;
        return this;
    }

    public FeatureConfigBuilder functionals(Functionals changed) {
        functionals = changed;
        return this;
    }

    /// The settings as they are now.
    ///
    /// @throws dev.parallax.BadInputException when they do not fit together
    public FeatureConfig build() {
        return new FeatureConfig(
                sampleRate,
                speech,
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
                prosody,
                smoothing,
                deltas,
                cmvn,
                stack,
                functionals);
    }
}
