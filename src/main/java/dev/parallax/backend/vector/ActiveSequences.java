package dev.parallax.backend.vector;

import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import java.util.stream.IntStream;

/// The order in which a recurrent kernel goes through a ragged batch: longest sequence first. So the sequences that
/// still run at a step are always the first ones, and their states lie side by side.
final class ActiveSequences {

    private final Recurrence sizes;
    private final int[] order;

    ActiveSequences(Recurrence sizes) {
        this.sizes = sizes;
        Offsets offsets = sizes.offsets();
        this.order = IntStream.range(0, offsets.count())
                .boxed()
                .sorted((i, j) -> Integer.compare(offsets.length(j), offsets.length(i)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Number of sequences.
    int count() {
        return order.length;
    }

    /// Steps of the longest sequence.
    int steps() {
        return sizes.offsets().longest();
    }

    /// Number of sequences that have a step of this number: they are the first ones.
    int running(int step) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sizes.offsets().length(order[middle]) > step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The row of the batch that step `step` of the s-th longest sequence works on.
    int row(int s, int step) {
        return sizes.row(order[s], step);
    }
}
