package dev.parallax.backend.device;

import dev.parallax.backend.Indices;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Ints on a device, in the room that was given for them, and on the host.
final class DeviceIndices implements Indices {

    private final DeviceBuffer room;
    private final int[] values;
    private @Nullable Sorted sorted;

    /// The numbers i of the ids, sorted by id, those of equal ids in their order: so all that a row of a table
    /// receives stands together.
    static final class Sorted {

        /// The numbers.
        final int[] order;
        /// The distinct ids, rising.
        final int[] rows;
        /// Where in `order` each of them begins, and at last the number of all.
        final int[] starts;

        Sorted(int[] order, int[] rows, int[] starts) {
            this.order = order;
            this.rows = rows;
            this.starts = starts;
        }
    }

    DeviceIndices(DeviceBuffer room, int... values) {
        this.room = room;
        this.values = values;
    }

    /// `indices` as those of a device, which they must be.
    static DeviceIndices of(Indices indices) {
        return (DeviceIndices) indices;
    }

    @Override
    public int length() {
        return values.length;
    }

    /// Where they lie, as 32-bit integers.
    DeviceBuffer room() {
        return room;
    }

    Sorted sorted() {
        Sorted found = sorted;
        if (found == null) {
            found = sort();
            sorted = found;
        }
        return found;
    }

    private Sorted sort() {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rows = new int[order.length];
        int[] starts = new int[order.length + 1];
        int distinct = 0;
        for (int e = 0; e < order.length; e++) {
            if (e == 0 || values[order[e]] != values[order[e - 1]]) {
                rows[distinct] = values[order[e]];
                starts[distinct++] = e;
            }
        }
        starts[distinct] = order.length;
        return new Sorted(order, Arrays.copyOf(rows, distinct), Arrays.copyOf(starts, distinct + 1));
    }
}
