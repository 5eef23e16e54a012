package dev.parallax.tensor;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/// A ragged batch: sequences of different lengths, one directly after the other, no padding.
///
/// @param rows    all rows of all sequences, [total, features]
/// @param offsets where each sequence begins
public record Sequences(Tensor rows, Offsets offsets) {

    public Sequences {
        if (rows.shape().rank() != 2 || rows.shape().size(0) != offsets.total()) {
            throw new ShapeException(
                    "sequences: rows " + rows.shape() + " do not hold " + offsets + ": expected [total, features]");
        }
    }

    /// Copies sequences of frames into one batch.
    ///
    /// @param room     returns a buffer for a number of values
    /// @param features columns of every sequence
    /// @param each     each [length, features] row-major, length at least 1
    public static Sequences of(Backend backend, IntFunction<Buffer> room, int features, float[]... each) {
        int[] lengths = new int[each.length];
        for (int i = 0; i < each.length; i++) {
            if (each[i].length % features != 0) {
                throw new ShapeException("sequences: sequence " + i + " has " + each[i].length
                        + " values, not a multiple of " + features + " features");
            }
            lengths[i] = each[i].length / features;
        }
        Offsets offsets = Offsets.ofLengths(lengths);
        Buffer all = room.apply(Math.multiplyExact(offsets.total(), features));
        backend.uploadAll(Arrays.asList(each), all);
        return new Sequences(new Tensor(backend, Shape.of(offsets.total(), features), all), offsets);
    }
}
