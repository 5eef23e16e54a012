package dev.parallax.backend.device;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists of ints that kernels read, such as ids and offsets: what the host has, the device has too. Floats are lists
/// of their bits. A list that was sent before is found again by its content. The room is bounded: when it is full, all
/// are forgotten, and it is filled anew. Since the device works in order, a kernel that still reads the old ones does
/// so before the new ones arrive.
final class IntLists {

    private static final int LEAST = 1 << 18; // ints

    private static final class Content {

        final int[] values;

        Content(int... values) {
            this.values = values;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private final Heap heap;
    private final Staging staging;
    private final Map<Content, Integer> offsets = new HashMap<>();
    private long block;
    private int length;
    private int used;

    IntLists(Heap heap, Staging staging) {
        this.heap = heap;
        this.staging = staging;
    }

    /// Where these lists are on the device, until the next call.
    ///
    /// @param lists all that one kernel reads
    BlockPart[] of(int[]... lists) {
        int missing = 0;
        for (int[] list : lists) {
            missing = Math.addExact(missing, offsets.containsKey(new Content(list)) ? 0 : list.length);
        }
        if (missing > length - used) {
            forget(lists);
        }
        BlockPart[] places = new BlockPart[lists.length];
        for (int i = 0; i < lists.length; i++) {
            Integer offset = offsets.get(new Content(lists[i]));
            if (offset == null) {
                offset = send(lists[i]);
                offsets.put(new Content(lists[i].clone()), offset);
            }
            places[i] = new BlockPart(block, offset);
        }
        return places;
    }

    private int send(int... list) {
        int offset = used;
        staging.put(list, block, (long) Integer.BYTES * offset);
        used += list.length;
        return offset;
    }

    private void forget(int[]... lists) {
        int needed = Arrays.stream(lists).mapToInt(list -> list.length).reduce(0, Math::addExact);
        offsets.clear();
        used = 0;
        if (needed > length) {
            close();
            int larger = Math.max(LEAST, needed);
            block = heap.allocate((long) Integer.BYTES * larger);
            length = larger; // none where there was no memory
        }
    }

    void close() {
        if (length > 0) {
            staging.send(); // to the block that ends here
            heap.free(block);
            length = 0;
        }
    }
}
