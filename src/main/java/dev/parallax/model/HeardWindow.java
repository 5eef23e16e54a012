package dev.parallax.model;

import dev.parallax.audio.RecordingMeasures;
import java.util.List;
import java.util.stream.Stream;

/// A window of a recording as a model hears it, its features not yet standardised.
final class HeardWindow {

    private final float[] features;
    private final float[] statistics;
    private final RecordingMeasures measures;
    private final List<String> doubts;
    private final List<String> warnings;

    /// @param features   [rows, columns], not copied: do not modify
    /// @param statistics of the features, a number a column of [FeatureDistance]; not copied
    /// @param doubts     what is wrong with the sound itself, a line each
    /// @param warnings   what reading it warned of
    HeardWindow(
            float[] features,
            float[] statistics,
            RecordingMeasures measures,
            List<String> doubts,
            List<String> warnings) {
        this.features = features;
        this.statistics = statistics;
        this.measures = measures;
        this.doubts = List.copyOf(doubts);
        this.warnings = List.copyOf(warnings);
    }

    /// The same, of which something was said before.
    HeardWindow after(List<String> earlier) {
        List<String> all = Stream.concat(earlier.stream(), warnings.stream()).toList();
        return new HeardWindow(features, statistics, measures, doubts, all);
    }

    float[] features() {
        return features;
    }

    float[] statistics() {
        return statistics;
    }

    RecordingMeasures measures() {
        return measures;
    }

    List<String> doubts() {
        return doubts;
    }

    List<String> warnings() {
        return warnings;
    }

    /// What it takes of the memory, about [bytes].
    long bytes() {
        return 4L * (features.length + statistics.length);
    }
}
