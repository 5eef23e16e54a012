package dev.parallax.data;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the vectors of utterances are brought to a common scale: each column of each modality by itself, to
/// mean 0 and standard deviation 1 over the vectors that it was made from ([FeatureScaling]).
///
/// @param audio of audio vectors, or null where they are read as they are
/// @param text  of text vectors, or null where they are read as they are
public record VectorScaling(
        @Nullable FeatureScaling audio, @Nullable FeatureScaling text) {

    /// Vectors are read as they are.
    public static final VectorScaling NONE = new VectorScaling(null, null);

    /// The scaling over some vectors; none for a modality that none of them has.
    ///
    /// @param vectors those of one modality all of one size
    public static VectorScaling over(List<Vectors> vectors) {
        return new VectorScaling(over(vectors, Vectors::audio), over(vectors, Vectors::text));
    }

    private static @Nullable FeatureScaling over(List<Vectors> vectors, Function<Vectors, float @Nullable []> which) {
        List<float[]> rows =
                vectors.stream().map(which).filter(Objects::nonNull).toList();
        return rows.isEmpty() ? null : FeatureScaling.of(rows.getFirst().length, rows);
    }

    /// The scaling of some of the modalities.
    public VectorScaling withModalities(boolean keepAudio, boolean keepText) {
        return new VectorScaling(keepAudio ? audio : null, keepText ? text : null);
    }

    /// Scaled vectors.
    ///
    /// @param vectors not modified
    public Vectors apply(Vectors vectors) {
        return audio == null && text == null
                ? vectors
                : new Vectors(apply(audio, vectors.audio()), apply(text, vectors.text()));
    }

    private static float @Nullable [] apply(@Nullable FeatureScaling scaling, float @Nullable [] vector) {
        return scaling == null || vector == null ? vector : scaling.apply(vector);
    }
}
