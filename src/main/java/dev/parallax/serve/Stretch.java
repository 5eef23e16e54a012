package dev.parallax.serve;

import dev.parallax.io.Utf8;
import java.util.Arrays;

/// Some bytes of an array, which may hold others too.
final class Stretch {

    private final byte[] array;
    private final int from;
    private final int to;

    /// @param array not copied
    /// @param from  the first byte
    /// @param to    the one after the last
    Stretch(byte[] array, int from, int to) {
        this.array = array;
        this.from = from;
        this.to = to;
    }

    byte[] array() {
        return array;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /// These bytes alone.
    byte[] copy() {
        return Arrays.copyOfRange(array, from, to);
    }

    /// The text that they are in UTF-8.
    ///
    /// @param name what to call it in messages
    /// @throws dev.parallax.BadInputException where they are none
    String text(String name) {
        return Utf8.decode(copy(), name);
    }
}
