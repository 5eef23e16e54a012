package dev.parallax.audio;

/// Settings with some stages exchanged, for tests.
final class FeatureChange {

    private final FeatureConfig base;
    private Framing framing;
    private Window window;
    private Spectrum spectrum;
    private MelBands mel;
    private Compression compression;
    private Cepstra cepstra;
    private FeatureConfig.Energy energy;

    FeatureChange(FeatureConfig base) {
        this.base = base;
        this.framing = base.framing();
        this.window = base.window();
        this.spectrum = base.spectrum();
        this.mel = base.mel();
        this.compression = base.compression();
        this.cepstra = base.cepstra();
        this.energy = base.energy();
    }

    FeatureChange framing(Framing changed) {
        framing = changed;
        return this;
    }

    FeatureChange window(Window changed) {
        window = changed;
        return this;
    }

    FeatureChange spectrum(Spectrum changed) {
        spectrum = changed;
        return this;
    }

    FeatureChange mel(MelBands changed) {
        mel = changed;
        return this;
    }

    FeatureChange compression(Compression changed) {
        compression = changed;
        return this;
    }

    FeatureChange cepstra(Cepstra changed) {
        cepstra = changed;
        return this;
    }

    FeatureChange energy(FeatureConfig.Energy changed) {
        energy = changed;
        return this;
    }

    FeatureConfig make() {
        return new FeatureConfig(
                base.sampleRate(),
                base.sampleScale(),
                framing,
                base.removeDc(),
                base.preEmphasis(),
                window,
                spectrum,
                mel,
                compression,
                cepstra,
                base.output(),
                energy,
                base.deltas(),
                base.cmvn(),
                base.stack());
    }
}
