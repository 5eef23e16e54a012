package dev.parallax.train;

import dev.parallax.autograd.Tape;
import dev.parallax.backend.Buffer;
import java.util.ArrayList;
import java.util.List;

/// Buffers that are read from their backend together, in one transfer: so a device is waited for once.
final class Readings {

    private final List<Buffer> buffers = new ArrayList<>();
    private int length;
    private float[] values = {};

    /// Adds a buffer to what will be read.
    ///
    /// @return where its values will be in [#values]
    int add(Buffer x) {
        int at = length;
        buffers.add(x);
        length += x.length();
        return at;
    }

    /// Reads what was added.
    ///
    /// @param tape gives the room
    void read(Tape tape) {
        Buffer together = tape.room(length);
        int at = 0;
        for (Buffer x : buffers) {
            tape.backend().copy(x, together.slice(at, x.length()));
            at += x.length();
        }
        values = new float[length];
        tape.backend().download(together, values);
    }

    /// What was read.
    float[] values() {
        return values;
    }
}
