package dev.parallax.audit.training;

import dev.parallax.audio.variation.SpecAugment;
import dev.parallax.random.RandomStream;

/// The masks of one recording at one step of training ([SpecAugment]), number by number. With `probability`,
///
///     y[t, c] = fill_c    where t is in [a_i, a_i + w_i), i = 1 to timeMasks,
///                         or c mod bands in [b_j, b_j + v_j), j = 1 to bandMasks; bands = columns / groups
///     y[t, c] = x[t, c]   elsewhere
///
/// w_i is uniform over 0 to min(maxRows, ⌊maxShare · rows⌋), v_j over 0 to min(maxBands, bands), and a_i and b_j
/// over the places where the mask fits. fill_c is the mean of column c over the recording, or 0.
final class MaskFormula {

    private static final int STREAM = 0x6d61736b; // of the random numbers of masks

    private final boolean[] hidden;
    private final float[] values;

    private MaskFormula(boolean[] hidden, float[] values) {
        this.hidden = hidden;
        this.values = values;
    }

    /// y, not a copy.
    float[] values() {
        return values;
    }

    /// How many numbers are masked.
    int count() {
        int count = 0;
        for (boolean each : hidden) {
            count += each ? 1 : 0;
        }
        return count;
    }

    /// @param x      [rows, columns], as the network would read it without masks
    /// @param groups how often the same bands stand side by side in a row
    /// @param seed   of the run
    /// @param step   from 0
    /// @param item   the number of the example
    static MaskFormula of(float[] x, int columns, int groups, SpecAugment masks, long seed, int step, int item) {
        RandomStream random = new RandomStream(seed, step, STREAM, item);
        boolean[] hidden = new boolean[x.length];
        if (random.nextDouble() < masks.probability()) {
            int rows = x.length / columns;
            int bands = columns / groups;
            for (int i = 0; i < masks.timeMasks(); i++) {
                int width = random.nextInt(Math.min(masks.maxRows(), (int) (masks.maxShare() * rows)) + 1);
                int first = random.nextInt(rows - width + 1);
                hide(hidden, columns, (t, _) -> t >= first && t < first + width);
            }
            for (int j = 0; j < masks.bandMasks(); j++) {
                int width = random.nextInt(Math.min(masks.maxBands(), bands) + 1);
                int first = random.nextInt(bands - width + 1);
                hide(hidden, columns, (_, c) -> c % bands >= first && c % bands < first + width);
            }
        }
        float[] values = x.clone();
        float[] fill = masks.fill() == SpecAugment.Fill.ZERO ? new float[columns] : means(x, columns);
        for (int i = 0; i < values.length; i++) {
            if (hidden[i]) {
                values[i] = fill[i % columns];
            }
        }
        return new MaskFormula(hidden, values);
    }

    /// Whether a mask covers a row and a column.
    private interface Cover {
        boolean of(int row, int column);
    }

    private static void hide(boolean[] hidden, int columns, Cover cover) {
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] |= cover.of(i / columns, i % columns);
        }
    }

    private static float[] means(float[] x, int columns) {
        double[] sums = new double[columns];
        for (int i = 0; i < x.length; i++) {
            sums[i % columns] += x[i];
        }
        int rows = x.length / columns;
        float[] means = new float[columns];
        for (int c = 0; c < columns; c++) {
            means[c] = (float) (sums[c] / rows);
        }
        return means;
    }
}
