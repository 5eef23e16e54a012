package dev.parallax.audio.features;

/// Is told what each stage of a [FeatureExtractor] has made, while it works. Values are its own arrays, which the next
/// stage may change: who wants to keep them copies them.
@FunctionalInterface
public interface StageListener {

    /// Listens to nothing.
    StageListener NONE = (stage, values, rows) -> {};

    /// The stages, in their order. What the settings leave out has the values of the stage before; resampling,
    /// columns of prosody and functionals are not told of then.
    enum Stage {
        /// The signal at the rate of the settings, where the recording has another.
        RESAMPLED,
        /// The signal without silence and at the standard level.
        SPEECH,
        /// Compressed spectra or mel bands, a row a frame.
        BANDS,
        /// The logarithm of the energy of each frame, one column.
        ENERGIES,
        /// The bands within the range below the loudest one.
        LIMITED,
        /// The cepstra, a row a frame.
        CEPSTRA,
        /// F0 of each frame, in Hz or in semitones, one column.
        F0,
        /// How voiced each frame is, one column.
        VOICING,
        /// The root mean square of each frame, one column.
        RMS,
        /// The zero-crossing rate of each frame, one column.
        ZERO_CROSSINGS,
        /// All columns of a frame, with energy and prosody.
        FRAMES,
        /// The same smoothed over time.
        SMOOTHED,
        /// With their derivatives behind them.
        DELTAS,
        /// Normalised over time.
        NORMALISED,
        /// Frames side by side.
        STACKED,
        /// One row of the whole recording.
        FUNCTIONALS
    }

    /// A stage is done.
    ///
    /// @param values [rows, columns], row-major
    void made(Stage stage, float[] values, int rows);
}
