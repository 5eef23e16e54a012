package dev.parallax.model.domain;

import dev.parallax.audio.speech.RecordingMeasures;
import java.util.List;
import java.util.stream.Stream;

/// A window of a recording as a model reads it, its features not yet standardised.
public final class HeardWindow {

    private final float[] features;
    private final float[] statistics;
    private final RecordingMeasures measures;
    private final List<String> doubts;
    private final List<String> warnings;

    /// @param features   [rows, columns], not copied: do not modify
    /// @param statistics of the features, one number per column of [FeatureDistance]; not copied
    /// @param doubts     what is wrong with the sound itself, one line each
    /// @param warnings   the warnings from reading it
    public HeardWindow(
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

    /// The same with earlier warnings before its own.
    public HeardWindow after(List<String> earlier) {
        List<String> all = Stream.concat(earlier.stream(), warnings.stream()).toList();
        return new HeardWindow(features, statistics, measures, doubts, all);
    }

    public float[] features() {
        return features;
    }

    public float[] statistics() {
        return statistics;
    }

    public RecordingMeasures measures() {
        return measures;
    }

    public List<String> doubts() {
        return doubts;
    }

    public List<String> warnings() {
        return warnings;
    }

    /// Its approximate size in memory [bytes].
    long bytes() {
        return 4L * (features.length + statistics.length);
    }
}
