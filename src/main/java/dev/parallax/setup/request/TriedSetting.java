package dev.parallax.setup.request;

import java.util.List;

/// A setting of which a study tries several values.
///
/// @param key    as in `training.learningRate`, or `features`, whose values are presets
/// @param values as a person writes them
public record TriedSetting(String key, List<String> values) {

    public TriedSetting {
        values = List.copyOf(values);
    }
}
