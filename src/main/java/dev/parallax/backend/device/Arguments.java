package dev.parallax.backend.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The arguments of a launch, in native memory, as drivers want them: value i lies at 8 i and has [#bytes] bytes.
public final class Arguments {

    /// The most that a kernel takes.
    private static final int MOST = 64;

    private final MemorySegment values;
    private final MemorySegment pointers;
    private final int[] bytes = new int[MOST];
    private int count;

    Arguments() {
        Arena arena = Arena.ofAuto();
        values = arena.allocate(8L * MOST, 8);
        pointers = arena.allocate(ValueLayout.ADDRESS, MOST);
        for (int i = 0; i < MOST; i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, value(i));
        }
    }

    void clear() {
        count = 0;
    }

    void add(int value) {
        values.set(ValueLayout.JAVA_INT, next(Integer.BYTES), value);
    }

    void add(float value) {
        values.set(ValueLayout.JAVA_FLOAT, next(Float.BYTES), value);
    }

    void add(double value) {
        values.set(ValueLayout.JAVA_DOUBLE, next(Double.BYTES), value);
    }

    /// A block, then the number of its first element.
    void add(long block, long offset) {
        values.set(ValueLayout.JAVA_LONG, next(Long.BYTES), block);
        values.set(ValueLayout.JAVA_LONG, next(Long.BYTES), offset);
    }

    private long next(int size) {
        bytes[count] = size;
        return 8L * count++;
    }

    /// How many there are.
    public int count() {
        return count;
    }

    /// Size of value `i` in bytes.
    public int bytes(int i) {
        return bytes[i];
    }

    /// Where value `i` lies.
    public MemorySegment value(int i) {
        return values.asSlice(8L * i, 8);
    }

    /// Pointers to all values, one after the other.
    public MemorySegment pointers() {
        return pointers;
    }
}
