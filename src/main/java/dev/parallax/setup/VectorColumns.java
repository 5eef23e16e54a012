package dev.parallax.setup;

import dev.parallax.data.FeatureScaling;
import dev.parallax.data.VectorScaling;
import dev.parallax.data.Vectors;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What people should know of the columns of given vectors before a model learns from them.
final class VectorColumns {

    private static final double WIDE = 100; // largest deviation over smallest, and size of a mean over its deviation

    private VectorColumns() {}

    /// Reports columns that never change, and, where vectors are read as they are, scales that differ widely.
    ///
    /// @param training     the vectors of the training part
    /// @param standardized whether a model brings them to one scale
    static void say(List<Vectors> training, boolean standardized, Remarks remarks) {
        VectorScaling scaling = VectorScaling.over(training);
        say("audio", scaling.audio(), standardized, remarks);
        say("text", scaling.text(), standardized, remarks);
    }

    private static void say(String what, @Nullable FeatureScaling scaling, boolean standardized, Remarks remarks) {
        if (scaling == null) {
            return;
        }
        float[] deviation = scaling.deviation();
        float[] mean = scaling.mean();
        int constant = 0;
        int first = -1;
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double offset = 0;
        for (int column = 0; column < deviation.length; column++) {
            if (deviation[column] == 0) {
                first = constant++ == 0 ? column : first;
            } else {
                least = Math.min(least, deviation[column]);
                most = Math.max(most, deviation[column]);
                offset = Math.max(offset, Math.abs(mean[column]) / deviation[column]);
            }
        }
        if (constant > 0) {
            remarks.warn(what + " vectors: " + constant + " of " + deviation.length
                    + " columns "
                    + (constant == 1
                            ? "never changes in the training part and tells nothing ("
                            : "never change in the training part and tell nothing (the first is ")
                    + "column " + first + ", from 0)");
        }
        if (!standardized && (most > WIDE * least || offset > WIDE)) {
            remarks.warn(String.format(
                    Locale.ROOT,
                    "%s vectors: their columns have deviations from %.3g to %.3g and means of up to %.3g deviations, and"
                            + " are read as they are; a network hardly learns from such: take"
                            + " network.standardization=TRAINING",
                    what,
                    least,
                    most,
                    offset));
        }
    }
}
