package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.speech.MeasuredSound;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.io.CacheFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Features that are computed once. They are kept on disk under hashes of the recording's content and of the feature
/// settings. So a renamed file is found again, and a changed one is not mistaken for the old one. The last used are
/// kept in memory up to a limit, so a corpus may be larger than memory. How a recording is cut into windows, and its
/// measures, are kept in memory too. May be used by several threads. The features are the same with and without it.
public final class FeatureCache {

    private final FeatureKind kind;
    private final String digest;
    private final List<String> columns; // one list for all entries: a copy for each is larger than a short recording
    private final KeptFeatures kept;
    private final Map<String, Integer> frames = new ConcurrentHashMap<>();
    private final Map<Cut, List<AudioSource>> windows = new ConcurrentHashMap<>();
    private final Map<String, MeasuredSound> measured = new ConcurrentHashMap<>();

    /// @param kind        of the features
    /// @param folder      where they are kept, made when needed (see [#defaultFolder]); null for memory only
    /// @param memoryBytes most memory that features may take
    /// @param warnings    receives one line for each of these: the folder cannot be written, an entry is damaged, a
    ///                    recording is doubtful
    public FeatureCache(FeatureKind kind, @Nullable Path folder, long memoryBytes, Consumer<String> warnings) {
        this.kind = kind;
        this.digest = kind.digest();
        this.columns = List.copyOf(kind.columns());
        this.kept = new KeptFeatures(folder, memoryBytes, warnings);
    }

    /// The same of features by formula.
    public FeatureCache(FeatureConfig config, @Nullable Path folder, long memoryBytes, Consumer<String> warnings) {
        this(new FeatureExtractor(config), folder, memoryBytes, warnings);
    }

    /// `$XDG_CACHE_HOME/parallax/features`, or `~/.cache/parallax/features` where that is not set to an absolute
    /// path (XDG Base Directory Specification).
    ///
    /// @param environment that of the process
    /// @param home        the user's home folder
    public static Path defaultFolder(Map<String, String> environment, Path home) {
        return CacheFolder.of("features", environment, home);
    }

    /// Features of a frame.
    public int columns() {
        return columns.size();
    }

    /// One row for a sound of any length, for a linear model. Not a copy: do not modify.
    ///
    /// @throws BadInputException when the recording cannot be read
    public float[] row(AudioSource source) {
        return kind.row(get(source));
    }

    /// One row by which sounds are compared (see [FeatureKind#statistics]). Not a copy: do not modify.
    ///
    /// @throws BadInputException when the recording cannot be read
    public float[] statistics(AudioSource source) {
        return kind.statistics(get(source));
    }

    /// How often the same columns stand side by side in a row (see [FeatureConfig#groups]).
    public int groups() {
        return kind.groups();
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
        Features features = kept.get(hash, digest, columns, kind.isHalfPrecision(), () -> compute(source));
        frames.put(hash, features.frames());
        return features;
    }

    private Features compute(AudioSource source) {
        String decoder = source.decoder();
        if (decoder != null) {
            kept.warnOnce(
                    "decoder",
                    "recordings that are not decoded here, such as " + source.description() + ", are decoded by "
                            + decoder + " (said once)");
        }
        try {
            Audio audio = source.read();
            audio.doubts().forEach(doubt -> kept.warnOnce("doubts", doubt + " (the first; corpus verify tells all)"));
            Features made = kind.extract(audio, warning -> kept.warnOnce(warning, warning), 1);
            return new Features(made.values(), made.frames(), columns);
        } catch (BadInputException e) {
            String message = String.valueOf(e.getMessage());
            String place = message.contains(source.description()) ? "" : source.description() + ": ";
            throw new BadInputException(place + message, e);
        }
    }
}
