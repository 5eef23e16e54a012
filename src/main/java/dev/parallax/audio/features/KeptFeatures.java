package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Features that were computed once, on disk under hashes of what they are of and of the settings. The last used are
/// kept in memory up to a limit, so a corpus may be larger than memory. May be used by several threads. The features
/// are the same with and without it.
public final class KeptFeatures {

    private final @Nullable Path folder;
    private final Memory memory;
    private final Consumer<String> warnings;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private volatile boolean writable = true;

    /// @param folder      where they are kept, made when needed; null for memory only
    /// @param memoryBytes most memory that features may take
    /// @param warnings    receives one line for each of these: the folder cannot be written, an entry is damaged
    public KeptFeatures(@Nullable Path folder, long memoryBytes, Consumer<String> warnings) {
        this.folder = folder;
        this.memory = new Memory(memoryBytes);
        this.warnings = warnings;
    }

    /// The features of something, from memory, from disk, or computed.
    ///
    /// @param hash    of its content
    /// @param digest  of the settings
    /// @param columns names of the columns
    /// @param halves  whether all values have half precision
    /// @param compute makes them, where they are not kept
    public Features get(String hash, String digest, List<String> columns, boolean halves, Supplier<Features> compute) {
        Features features = memory.get(hash);
        if (features == null) {
            features = fromDiskOrComputed(hash, digest, columns, halves, compute);
            memory.put(hash, features);
        }
        return features;
    }

    private Features fromDiskOrComputed(
            String hash, String digest, List<String> columns, boolean halves, Supplier<Features> compute) {
        if (folder == null) {
            return compute.get();
        }
        Path file = FeatureFile.place(folder, hash, digest);
        if (Files.exists(file)) {
            try {
                return FeatureFile.read(file, columns);
            } catch (BadInputException e) {
                warnOnce("damaged", "feature cache: " + e.getMessage() + "; it is computed again (said once)");
            }
        }
        Features features = compute.get();
        keep(file, features, halves);
        return features;
    }

    private void keep(Path file, Features features, boolean halves) {
        if (!writable) {
            return;
        }
        try {
            FeatureFile.write(file, features, halves);
        } catch (BadInputException e) {
            writable = false;
            warnOnce("unwritable", "feature cache: " + e.getMessage() + "; features are kept in memory only");
        }
    }

    /// Passes a warning on, the first of its kind.
    void warnOnce(String kind, String message) {
        if (warned.add(kind)) {
            warnings.accept(message);
        }
    }

    /// The features that were used last, as many as fit into a number of bytes. For several threads.
    static final class Memory {

        private final long limitBytes;
        private final LinkedHashMap<String, Features> byUse = new LinkedHashMap<>(16, 0.75f, true);
        private long usedBytes;

        Memory(long limitBytes) {
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

        private static long bytes(Features features) {
            return 4L * features.values().length;
        }
    }
}
