package dev.parallax.audio.features;

import dev.parallax.audio.Audio;
import java.util.List;
import java.util.function.Consumer;

/// What is taken of a recording: features by formula ([FeatureExtractor]), or what somebody else's network makes of it.
/// Any number of threads may use one.
public interface FeatureKind {

    /// What identifies the settings, in hex: equal digests, equal features.
    String digest();

    /// The names of the columns.
    List<String> columns();

    /// How often the same columns stand side by side in a row (see [FeatureConfig#groups]).
    int groups();

    /// Whether all values have half precision (IEEE 754 binary16), so that two bytes hold one without loss.
    boolean isHalfPrecision();

    /// The features of a whole recording.
    ///
    /// @param warnings receives what people should know of the recording, one line each
    /// @param threads  at most, the calling one among them; the result does not depend on how many
    /// @return [frames, columns], at least one frame, all finite
    /// @throws dev.parallax.BadInputException if nothing can be taken of the recording
    Features extract(Audio audio, Consumer<String> warnings, int threads);

    /// One row that stands for a recording of any length, of all columns, for a linear model.
    ///
    /// @param features of this kind, not modified
    float[] row(Features features);

    /// One row by which recordings are compared, see [FeatureConfig#statistics].
    ///
    /// @param features of this kind, not modified
    float[] statistics(Features features);
}
