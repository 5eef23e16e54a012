package dev.parallax.model.live;

import dev.parallax.fusion.Perspectives;
import dev.parallax.model.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to a window of a stream.
///
/// @param start      of the window \[s\]
/// @param end        of the window \[s\]
/// @param prediction the answer to its samples and words, that of a file of the same samples in every bit
/// @param audioHash  SHA-256 of that file, or null where there are no samples
/// @param text       the words, or null
/// @param smoothed   probabilities over the windows so far, for each perspective that has an answer, else null
/// @param skipped    windows that were left out since the former answer
public record LiveAnswer(
        double start,
        double end,
        Prediction prediction,
        @Nullable String audioHash,
        @Nullable String text,
        Perspectives<@Nullable List<Double>> smoothed,
        int skipped) {}
