package dev.parallax.serve;

import java.util.ArrayList;
import java.util.List;

/// The arrays of bodies that have been answered, for those that come. A body waits for its turn longer than the garbage
/// collector takes it for short-lived, and so each one would be copied twice and be removed with the whole heap in
/// view. An array that is used again is neither.
final class BodyRooms {

    private static final int LARGEST = 1 << 19; // bytes of an array that is kept: sixteen seconds of 16 kHz

    private final List<byte[]> free = new ArrayList<>();

    /// The smallest array that has room for so many bytes, else the largest, which is empty where there is none. What
    /// it holds is anything.
    synchronized byte[] take(long bytes) {
        byte[] best = new byte[0];
        for (byte[] each : free) {
            boolean isEnough = best.length >= bytes;
            if (isEnough ? each.length >= bytes && each.length < best.length : each.length > best.length) {
                best = each;
            }
        }
        free.remove(best); // by identity: arrays have no other equality
        return best;
    }

    /// Takes an array back that nobody reads any more.
    synchronized void giveBack(byte[] room) {
        if (room.length <= LARGEST) {
            free.add(room);
        }
    }
}
