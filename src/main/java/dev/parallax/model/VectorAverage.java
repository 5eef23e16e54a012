package dev.parallax.model;

import dev.parallax.autograd.Variable;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspective;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The vectors of one utterance: the pooled rows of its windows, averaged, of each modality.
final class VectorAverage {

    private final Mean audio = new Mean();
    private final Mean text = new Mean();

    /// A window that was read.
    ///
    /// @param utterance its number in the batch
    void add(FusedLogits read, int utterance) {
        audio.add(read.audio(), utterance);
        text.add(read.text(), utterance);
    }

    /// The means, or null where no modality was read.
    @Nullable
    Vectors vectors() {
        float[] heard = audio.values();
        float[] words = text.values();
        return heard == null && words == null ? null : new Vectors(heard, words);
    }

    private static final class Mean {
        private double @Nullable [] mean;
        private int count;

        void add(@Nullable Perspective perspective, int utterance) {
            int row = perspective == null ? -1 : Arrays.binarySearch(perspective.owners(), utterance);
            if (perspective == null || row < 0) {
                return;
            }
            Variable pooled = perspective.pooled();
            float[] values = pooled.value().toArray();
            if (mean == null) {
                mean = new double[pooled.shape().columns()];
            }
            count++;
            for (int c = 0; c < mean.length; c++) {
                mean[c] += (values[row * mean.length + c] - mean[c]) / count;
            }
        }

        float @Nullable [] values() {
            if (mean == null) {
                return null;
            }
            float[] values = new float[mean.length];
            for (int c = 0; c < values.length; c++) {
                values[c] = (float) mean[c];
            }
            return values;
        }
    }
}
