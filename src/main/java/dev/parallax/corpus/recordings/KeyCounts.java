package dev.parallax.corpus.recordings;

import java.util.Arrays;

/// Counts how often each key was added: a hash table of numbers, open addressing, that is used again and again.
final class KeyCounts {

    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[1 << 12];
    private int[] counts = new int[keys.length];
    private int used;

    void clear() {
        Arrays.fill(counts, 0);
        used = 0;
    }

    void add(long key) {
        if (2 * used >= keys.length) {
            grow();
        }
        int slot = slot(key);
        if (counts[slot] == 0) {
            keys[slot] = key;
            used++;
        }
        counts[slot]++;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * MIXER) >>> Integer.SIZE) & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    /// The keys with so many votes or more, rising.
    long[] keys(int least) {
        int found = 0;
        long[] all = new long[used];
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] >= least) {
                all[found++] = keys[i];
            }
        }
        long[] those = Arrays.copyOf(all, found);
        Arrays.sort(those);
        return those;
    }
}
