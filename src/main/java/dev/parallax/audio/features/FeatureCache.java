package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.speech.MeasuredSound;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.io.CacheFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Features that are computed once. They are kept on disk under hashes of the recording's content and of the feature
/// settings. So a renamed file is found again, and a changed one is not mistaken for the old one. The last used are
/// kept in memory up to a limit, so a corpus may be larger than memory. How a recording is cut into windows, and its
/// measures, are kept in memory too. May be used by several threads. The features are the same with and without it.
public final class FeatureCache {

    private final FeatureExtractor extractor;
    private final String digest;
    private final List<String> columns; // one list for all entries: a copy for each is larger than a short recording
    private final @Nullable Path folder;
    private final Memory memory;
    private final Consumer<String> warnings;
    private final Map<String, Integer> frames = new ConcurrentHashMap<>();
    private final Map<Cut, List<AudioSource>> windows = new ConcurrentHashMap<>();
    private final Map<String, MeasuredSound> measured = new ConcurrentHashMap<>();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private volatile boolean writable = true;

    /// @param config      of the features
    /// @param folder      where they are kept, made when needed (see [#defaultFolder]); null for memory only
    /// @param memoryBytes most memory that features may take
    /// @param warnings    receives one line for each of these: the folder cannot be written, an entry is damaged, a
    ///                    recording is doubtful
    public FeatureCache(FeatureConfig config, @Nullable Path folder, long memoryBytes, Consumer<String> warnings) {
        this.extractor = new FeatureExtractor(config);
        this.digest = config.digest();
        this.columns = List.copyOf(config.columns());
        this.folder = folder;
        this.memory = new Memory(memoryBytes);
        this.warnings = warnings;
    }

    /// `$XDG_CACHE_HOME/parallax/features`, or `~/.cache/parallax/features` where that is not set to an absolute
    /// path (XDG Base Directory Specification).
    ///
    /// @param environment that of the process
    /// @param home        the user's home folder
    public static Path defaultFolder(Map<String, String> environment, Path home) {
        return CacheFolder.of("features", environment, home);
    }

    /// The settings of the features.
    public FeatureConfig config() {
        return extractor.config();
    }

    /// Features of a frame.
    public int columns() {
        return columns.size();
    }

    /// One row for a sound of any length: its features where they are functionals, else their
    /// [Functionals#STATISTICS]. Not a copy: do not modify.
    ///
    /// @throws BadInputException when the recording cannot be read
    public float[] row(AudioSource source) {
        Features features = get(source);
        return config().utteranceLevel()
                ? features.values()
                : Functionals.STATISTICS.of(features, config().rowSeconds()).values();
    }

    /// How often the same columns stand side by side in a row (see [FeatureConfig#groups]).
    public int groups() {
        return config().groups();
    }

    /// What identifies the settings (see [FeatureConfig#digest]).
    public String digest() {
        return digest;
    }

    private record Cut(AudioSource whole, double seconds) {}

    /// The windows of a recording that are used (see [SpeechWindows]); found once, then kept.
    ///
    /// @param seconds longest duration of a window [s]
    /// @throws BadInputException when the recording cannot be read
    public List<AudioSource> windows(AudioSource whole, double seconds) {
        return windows.computeIfAbsent(new Cut(whole, seconds), _ -> SpeechWindows.of(whole, seconds));
    }

    /// What can be said of a sound beside its features; it is decoded for that once, then kept.
    ///
    /// @throws BadInputException when the recording cannot be read
    public MeasuredSound measured(AudioSource source) {
        return measured.computeIfAbsent(source.decodingHash(), _ -> MeasuredSound.of(source.read()));
    }

    /// Number of rows of the features of a sound; found once, then kept.
    ///
    /// @throws BadInputException when the recording cannot be read
    public int frames(AudioSource source) {
        Integer known = frames.get(source.decodingHash());
        return known == null ? get(source).frames() : known;
    }

    /// The features of a sound as they are fed to a model, [frames, size], not a copy: do not modify.
    ///
    /// @throws BadInputException when the recording cannot be read
    public float[] values(AudioSource source) {
        return get(source).values();
    }

    /// The features of a sound, from memory, from disk, or computed.
    ///
    /// @throws BadInputException when the recording cannot be read
    public Features get(AudioSource source) {
        String hash = source.decodingHash();
        Features features = memory.get(hash);
        if (features == null) {
            features = fromDiskOrComputed(source, hash);
            memory.put(hash, features);
            frames.put(hash, features.frames());
        }
        return features;
    }

    private Features fromDiskOrComputed(AudioSource source, String hash) {
        String decoder = source.decoder();
        if (decoder != null) {
            warnOnce(
                    "decoder",
                    "recordings that are not decoded here, such as " + source.description() + ", are decoded by "
                            + decoder + " (said once)");
        }
        if (folder == null) {
            return compute(source);
        }
        Path file = FeatureFile.place(folder, hash, digest);
        if (Files.exists(file)) {
            try {
                return FeatureFile.read(file, columns);
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
            Audio audio = source.read();
            audio.doubts().forEach(doubt -> warnOnce("doubts", doubt + " (the first; corpus verify tells all)"));
            Features made = extractor.extract(audio, warning -> warnOnce(warning, warning));
            return new Features(made.values(), made.frames(), columns);
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
