package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;

/// Stretches of time and of frequency hidden from training, so that no single moment or band has to carry
/// everything. Source: D. S. Park et al., "SpecAugment: a simple data augmentation method for automatic speech
/// recognition", INTERSPEECH 2019 (without its time warping, of which the authors say that it matters least).
///
/// @param probability   that a recording gets it, 0 to 1
/// @param timeMasks     how many stretches of rows
/// @param maxRows       widest such stretch [rows]
/// @param maxShare      and at most this share of all rows, 0 to 1
/// @param bandMasks     how many stretches of columns
/// @param maxBands      widest such stretch [columns]
/// @param fill          what stands there instead
public record SpecAugment(
        double probability, int timeMasks, int maxRows, double maxShare, int bandMasks, int maxBands, Fill fill) {

    /// What stands in masked places.
    public enum Fill {
        /// The mean of the column over the recording.
        MEAN,
        /// 0, which is the mean of features that were normalised over the recording.
        ZERO
    }

    /// Never.
    public static final SpecAugment NONE = new SpecAugment(0, 2, 10, 0.2, 2, 8, Fill.MEAN);

    public SpecAugment {
        StepProbability.check("specAugment", probability);
        if (timeMasks < 0 || maxRows < 0 || bandMasks < 0 || maxBands < 0 || !(maxShare >= 0 && maxShare <= 1)) {
            throw new BadInputException("augmentation: specAugment: timeMasks " + timeMasks + ", maxRows " + maxRows
                    + ", bandMasks " + bandMasks + " and maxBands " + maxBands
                    + " must be at least 0 and maxShare " + maxShare + " in [0, 1]");
        }
    }

    /// Masks: each width is uniform over 0 to its limit, each place uniform over those where it fits.
    ///
    /// @param frames  [rows, columns], not modified
    /// @param columns per row
    /// @param groups  how often the same bands stand side by side in a row, a divisor of `columns`: stacked frames
    ///                and deltas; a mask of bands is the same in all (see
    ///                [dev.parallax.audio.features.FeatureConfig#groups])
    /// @return [rows, columns]
    public float[] apply(float[] frames, int columns, int groups, RandomStream random) {
        if (columns < 1 || groups < 1 || columns % groups != 0 || frames.length % columns != 0) {
            throw new BadInputException("augmentation: " + frames.length + " values do not make rows of " + columns
                    + " columns in " + groups + " groups");
        }
        int rows = frames.length / columns;
        int bands = columns / groups;
        float[] means = fill == Fill.MEAN ? means(frames, rows, columns) : new float[columns];
        float[] out = frames.clone();
        int widest = Math.min(maxRows, (int) (maxShare * rows));
        for (int mask = 0; mask < timeMasks; mask++) {
            int width = random.nextInt(widest + 1);
            int from = random.nextInt(rows - width + 1);
            for (int t = from; t < from + width; t++) {
                System.arraycopy(means, 0, out, t * columns, columns);
            }
        }
        for (int mask = 0; mask < bandMasks; mask++) {
            int width = random.nextInt(Math.min(maxBands, bands) + 1);
            int from = random.nextInt(bands - width + 1);
            for (int group = 0; group < rows * groups; group++) {
                int start = group * bands + from;
                System.arraycopy(means, start % columns, out, start, width);
            }
        }
        return out;
    }

    private static float[] means(float[] frames, int rows, int columns) {
        float[] means = new float[columns];
        for (int i = 0; i < columns; i++) {
            double sum = 0;
            for (int t = 0; t < rows; t++) {
                sum += frames[t * columns + i];
            }
            means[i] = (float) (sum / Math.max(1, rows));
        }
        return means;
    }
}
