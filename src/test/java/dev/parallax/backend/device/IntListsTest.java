package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.BackendException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntListsTest {

    private static final DeviceProperties PROPERTIES =
            new DeviceProperties("made", 0, "Made-up GPU", "1", true, 1 << 30, 1);

    /// A device that gives these blocks, one after the other.
    private static Device device(Deque<Long> blocks) {
        return (Device) Proxy.newProxyInstance(
                Device.class.getClassLoader(),
                new Class<?>[] {Device.class},
                (_, method, _) -> switch (method.getName()) {
                    case "allocate" -> blocks.remove();
                    case "freeBytes" -> 0L;
                    case "largestBlock" -> Long.MAX_VALUE;
                    case "properties" -> PROPERTIES;
                    default -> null;
                });
    }

    /// The block that was too small is given back before a larger one is asked for; it must not be used again.
    @Test
    void of_noMemoryForALargerBlock_holdsNone_andTriesAgain() {
        Device device = device(new ArrayDeque<>(List.of(7L, 0L, 9L)));
        Heap heap = new Heap(device);
        IntLists intLists = new IntLists(heap, new Staging(device, MemorySegment.ofArray(new int[1 << 14])));
        int[] large = new int[1 << 19];
        assertEquals(7, intLists.of(new int[] {1, 2, 3})[0].block());
        assertThrows(BackendException.class, () -> intLists.of(large));
        assertEquals(0, heap.held());
        assertEquals(9, intLists.of(large)[0].block());
        intLists.close();
        assertEquals(0, heap.held());
    }
}
