package dev.parallax.pretrained.encoder;

/// From the distance of two rows to a row of a table, as T5 and WavLM do it: half of the rows is for keys before the
/// query, half for those behind it. Of each half, the first half is for one distance a row, the rest for ranges of
/// distances that grow with their logarithm; everything from `farthest` on is in the last row.
/// Source: Raffel et al., "T5", 2020, section 2.1; the rounding is that of single precision.
///
/// @param rows     of the table, a multiple of 4
/// @param farthest the distance from which all are alike
public record DistanceBuckets(int rows, int farthest) {

    /// The rows for key minus query = -reach .. reach.
    int[] of(int reach) {
        int[] buckets = new int[2 * reach + 1];
        for (int distance = -reach; distance <= reach; distance++) {
            buckets[reach + distance] = row(distance);
        }
        return buckets;
    }

    int row(int distance) {
        int side = rows / 2;
        int single = side / 2;
        int first = distance > 0 ? side : 0;
        int far = Math.abs(distance);
        if (far < single) {
            return first + far;
        }
        float log = (float) Math.log((float) far / single) / (float) Math.log((double) farthest / single);
        return first + Math.min(side - 1, single + (int) (log * (side - single)));
    }
}
