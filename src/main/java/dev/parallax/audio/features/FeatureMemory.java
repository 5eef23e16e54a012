package dev.parallax.audio.features;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The features that were used last, as many as fit a number of bytes. For several threads.
final class FeatureMemory {

    private final long limitBytes;
    private final LinkedHashMap<String, Features> byUse = new LinkedHashMap<>(16, 0.75f, true);
    private long usedBytes;

    FeatureMemory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    synchronized @Nullable Features get(String hash) {
        return byUse.get(hash);
    }

    synchronized void put(String hash, Features features) {
        Features former = byUse.put(hash, features);
        usedBytes += bytes(features) - (former == null ? 0 : bytes(former));
        while (usedBytes > limitBytes && !byUse.isEmpty()) {
            Map.Entry<String, Features> oldest = byUse.pollFirstEntry();
            usedBytes -= bytes(oldest.getValue());
        }
    }

    synchronized long usedBytes() {
        return usedBytes;
    }

    private static long bytes(Features features) {
        return 4L * features.values().length;
    }
}
