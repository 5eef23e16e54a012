package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.FeatureConfig;
import dev.parallax.audio.FeatureExtractor;
import dev.parallax.audio.Features;
import dev.parallax.data.AudioSource;
import dev.parallax.data.Utterance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Features computed once: kept on disk under the recording's content and the feature settings, so that a renamed file
/// is known again and a changed one is not taken for the old one; the last used are kept in memory up to a limit, so
/// that a corpus may be larger than memory. For several threads. Nothing depends on it but time: the features are the
/// same with and without.
public final class FeatureCache {

    private final FeatureExtractor extractor;
    private final String digest;
    private final @Nullable Path folder;
    private final FeatureMemory memory;
    private final Consumer<String> warnings;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private volatile boolean writable = true;

    /// @param config      of the features
    /// @param folder      where they are kept, made when needed (see [#defaultFolder]); null for memory only
    /// @param memoryBytes how much of the memory features may take
    /// @param warnings    told once each: the folder cannot be written, an entry is damaged, a recording is
    ///                    doubtful
    public FeatureCache(FeatureConfig config, @Nullable Path folder, long memoryBytes, Consumer<String> warnings) {
        this.extractor = new FeatureExtractor(config);
        this.digest = config.digest();
        this.folder = folder;
        this.memory = new FeatureMemory(memoryBytes);
        this.warnings = warnings;
    }

    /// `$XDG_CACHE_HOME/parallax/features`, or `~/.cache/parallax/features` where that is not set to an absolute path
    /// (XDG Base Directory Specification).
    ///
    /// @param environment that of the process
    /// @param home        the user's home folder
    public static Path defaultFolder(Map<String, String> environment, Path home) {
        String cacheHome = environment.getOrDefault("XDG_CACHE_HOME", "");
        boolean usable = !cacheHome.isEmpty() && Path.of(cacheHome).isAbsolute();
        Path root = usable ? Path.of(cacheHome) : home.resolve(".cache");
        return root.resolve("parallax").resolve("features");
    }

    /// The settings of the features.
    public FeatureConfig config() {
        return extractor.config();
    }

    /// What identifies the settings (see [FeatureConfig#digest]).
    public String digest() {
        return digest;
    }

    /// The first rows of the features of an utterance's audio, [rows, size].
    ///
    /// @param mostRows at most so many
    public float[] frames(Utterance utterance, int mostRows) {
        Features features = get(utterance);
        int most = mostRows * features.size();
        return features.values().length <= most ? features.values() : Arrays.copyOf(features.values(), most);
    }

    /// The features of an utterance's audio, from memory, from disk, or computed.
    ///
    /// @throws BadInputException when the recording cannot be read
    /// @throws IllegalArgumentException when the utterance has no audio
    public Features get(Utterance utterance) {
        AudioSource source = utterance.audio();
        if (source == null) {
            throw new IllegalArgumentException("utterance " + utterance.id() + " has no audio to take features of");
        }
        String hash = source.contentHash();
        Features features = memory.get(hash);
        if (features == null) {
            features = fromDiskOrComputed(source, hash);
            memory.put(hash, features);
        }
        return features;
    }

    private Features fromDiskOrComputed(AudioSource source, String hash) {
        if (folder == null) {
            return compute(source);
        }
        Path file = FeatureFile.place(folder, hash, digest);
        if (Files.exists(file)) {
            try {
                return FeatureFile.read(file, config().columns());
            } catch (BadInputException e) {
                warnOnce("damaged", "feature cache: " + e.getMessage() + "; it is computed again (said once)");
            }
        }
        Features features = compute(source);
        keep(file, features);
        return features;
    }

    private Features compute(AudioSource source) {
        try {
            return extractor.extract(source.read(), warning -> warnOnce(warning, warning));
        } catch (BadInputException e) {
            String message = String.valueOf(e.getMessage());
            String place = message.contains(source.description()) ? "" : source.description() + ": ";
            throw new BadInputException(place + message, e);
        }
    }

    private void keep(Path file, Features features) {
        if (!writable) {
            return;
        }
        try {
            FeatureFile.write(file, features);
        } catch (BadInputException e) {
            writable = false;
            warnOnce("unwritable", "feature cache: " + e.getMessage() + "; features are kept in memory only");
        }
    }

    private void warnOnce(String kind, String message) {
        if (warned.add(kind)) {
            warnings.accept(message);
        }
    }
}
