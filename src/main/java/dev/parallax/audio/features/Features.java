package dev.parallax.audio.features;

import dev.parallax.ShapeException;
import java.util.List;

/// A matrix of features: one row per frame, one column per feature. The values are not copied.
public final class Features {

    private final float[] values;
    private final int frames;
    private final List<String> columns;

    /// @param values  [frames, columns], row-major
    /// @param frames  number of rows, at least 1
    /// @param columns one name per column: `mel0`, `mfcc3`, `energy`, `mfcc3_d1` (its slope)
    public Features(float[] values, int frames, List<String> columns) {
        if (frames < 1 || values.length != (long) frames * columns.size()) {
            throw new ShapeException(
                    "features: " + values.length + " values are not [" + frames + ", " + columns.size() + "]");
        }
        this.values = values;
        this.frames = frames;
        this.columns = List.copyOf(columns);
    }

    /// All values, [frames, size] row-major, not a copy: do not modify.
    public float[] values() {
        return values;
    }

    /// Number of rows.
    public int frames() {
        return frames;
    }

    /// Number of columns.
    public int size() {
        return columns.size();
    }

    /// The names of the columns.
    public List<String> columns() {
        return columns;
    }

    /// One value.
    public float at(int frame, int column) {
        return values[frame * size() + column];
    }
}
