package dev.parallax.backend.device;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The numbers i of some ids, sorted by id, those of equal ids in their order: so all that a row of a table receives
/// stands together.
final class SortedIds {

    private final int[] order;
    private final int[] rows;
    private final int[] starts;

    private SortedIds(int[] order, int[] rows, int[] starts) {
        this.order = order;
        this.rows = rows;
        this.starts = starts;
    }

    static SortedIds of(int... ids) {
        int[] order = IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> ids[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rows = new int[order.length];
        int[] starts = new int[order.length + 1];
        int distinct = 0;
        for (int e = 0; e < order.length; e++) {
            if (e == 0 || ids[order[e]] != ids[order[e - 1]]) {
                rows[distinct] = ids[order[e]];
                starts[distinct++] = e;
            }
        }
        starts[distinct] = order.length;
        return new SortedIds(order, Arrays.copyOf(rows, distinct), Arrays.copyOf(starts, distinct + 1));
    }

    /// The numbers.
    int[] order() {
        return order;
    }

    /// The distinct ids, rising.
    int[] rows() {
        return rows;
    }

    /// Where in [#order] each of them begins, and at last the number of all.
    int[] starts() {
        return starts;
    }
}
