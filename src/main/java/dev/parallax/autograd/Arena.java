package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import java.util.ArrayList;
import java.util.List;

/// Memory that is handed out piece by piece and taken back all at once, so that a training step leaves no garbage.
/// After the first step there is one block that fits, and nothing more is allocated.
final class Arena implements AutoCloseable {

    private static final int SMALLEST_BLOCK = 1 << 16;

    private final Backend backend;
    private Memory memory;
    private final List<Buffer> blocks = new ArrayList<>();
    private int used; // of the last block
    private long total; // handed out since the last reset

    Arena(Backend backend) {
        this.backend = backend;
        this.memory = backend.memory();
    }

    /// `length` values, not zeroed.
    Buffer allocate(int length) {
        if (blocks.isEmpty() || used > blocks.getLast().length() - length) {
            blocks.add(memory.allocate(Math.max(length, SMALLEST_BLOCK)));
            used = 0;
        }
        Buffer piece = blocks.getLast().slice(used, length);
        used += length;
        total += length;
        return piece;
    }

    /// For how many values there is memory.
    long room() {
        return blocks.stream().mapToLong(Buffer::length).sum();
    }

    /// Takes everything back: what was handed out must no longer be used.
    void reset() {
        if (blocks.size() > 1) {
            close();
            memory = backend.memory();
            int room = (int) Math.min(Integer.MAX_VALUE - 8, total + total / 8);
            blocks.add(memory.allocate(room));
        }
        used = 0;
        total = 0;
    }

    /// Gives all memory back to the backend.
    @Override
    public void close() {
        blocks.clear();
        memory.close();
    }
}
