package dev.parallax.audio.source;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import dev.parallax.audio.EqualWindows;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.io.PathKind;
import dev.parallax.io.SafeFiles;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The sound of a whole file. Its hashes are computed when they are first asked for and kept, so a file that changes
/// meanwhile is not noticed before the next start. What is not decoded here is decoded by the `ffmpeg` on the
/// `PATH`, whose version belongs to [#decodingHash].
public final class FileAudio implements AudioSource {

    private final Path path;
    private final Channel channel;
    private @Nullable String contentHash;
    private @Nullable String soundHash;
    private @Nullable String decoder;
    private boolean decoderIsKnown;
    private volatile @Nullable SoundFacts facts;

    /// The sound that ffmpeg decoded when the windows were counted, so that it is not decoded again for each of
    /// them.
    private volatile SoftReference<@Nullable Audio> decoded = new SoftReference<>(null);

    /// @param path a file in a format that [AudioFile] reads; it is not touched yet
    public FileAudio(Path path) {
        this(path, Channel.MEAN);
    }

    /// @param channel the one that is used
    public FileAudio(Path path, Channel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Its path.
    public Path path() {
        return path;
    }

    /// Opens the file, with the chosen channel if there is one.
    ///
    /// @param warnings receives what was assumed about it, and which other program decodes it, if one does
    /// @throws BadInputException when it is not what it says, or a pipe, which could not be read again
    public AudioFile open(Consumer<String> warnings) {
        requireNoPipe();
        return AudioFile.open(path, warnings).withChannel(channel);
    }

    /// Refuses a pipe, on which a reader could wait without end.
    ///
    /// @throws BadInputException in one line
    public void requireNoPipe() {
        try {
            if (PathKind.of(path) == PathKind.PIPE) {
                throw new BadInputException(path + ": a pipe, which can be read once only; a list of recordings needs"
                        + " files: save it as one");
            }
        } catch (IOException e) {
            throw SafeFiles.unreadable(path.toString(), e);
        }
    }

    @Override
    public Audio read() {
        return read(0, Integer.MAX_VALUE);
    }

    /// A window of it.
    ///
    /// @param count of frames; fewer where the file ends earlier
    Audio read(long start, int count) {
        Audio kept = decoded.get();
        if (kept != null) {
            int from = (int) start;
            return kept.part(from, Math.min(count, kept.samples().length - from));
        }
        try (AudioFile file = open(_ -> {})) {
            return start == 0 && count >= file.frames() ? file.readAll() : file.read(start, count);
        }
    }

    /// The file is not opened where its facts are known and it is one window: what a cache has of it is then found
    /// without decoding it.
    @Override
    public List<AudioSource> windows(double seconds) {
        SoundFacts known = facts;
        if (known != null
                && EqualWindows.of(known.frames(), known.sampleRate(), seconds).count() == 1) {
            return List.of(this);
        }
        try (AudioFile file = open(_ -> {})) {
            EqualWindows windows = EqualWindows.of(file.frames(), file.sampleRate(), seconds);
            if (file.decoder() != null) {
                decoded = new SoftReference<>(file.readAll());
            }
            if (windows.count() == 1) {
                return List.of(this);
            }
            return IntStream.range(0, windows.count())
                    .<AudioSource>mapToObj(i -> new AudioWindow(this, windows, i))
                    .toList();
        }
    }

    /// SHA-256 of the file's bytes, in hex, with the channel where one was chosen.
    ///
    /// @throws BadInputException when the file cannot be read
    @Override
    public synchronized String contentHash() {
        if (contentHash == null) {
            requireNoPipe();
            contentHash = SafeFiles.sha256(path) + (channel.isMean() ? "" : "/" + channel.word());
        }
        return contentHash;
    }

    /// That of the samples; for a file that cannot be decoded, that of its bytes.
    ///
    /// @throws BadInputException when the file cannot be read
    @Override
    public synchronized String soundHash() {
        if (soundHash == null) {
            soundHash = hashOfSamples();
        }
        return soundHash;
    }

    private String hashOfSamples() {
        try {
            return SoundFacts.read(path).hash();
        } catch (BadInputException e) {
            return contentHash();
        }
    }

    /// Takes hash and length from facts that are known, so that nothing is decoded for them.
    public synchronized void decodedAs(SoundFacts known) {
        facts = known;
        soundHash = known.hash();
    }

    @Override
    public String decodingHash() {
        String known = decoder();
        return known == null ? contentHash() : contentHash() + "/" + known;
    }

    @Override
    public synchronized @Nullable String decoder() {
        if (!decoderIsKnown) {
            requireNoPipe();
            decoder = Ffmpeg.ON_PATH.decoderOf(path);
            decoderIsKnown = true;
        }
        return decoder;
    }

    @Override
    public String description() {
        return path.toString();
    }

    @Override
    public String toString() {
        return description();
    }
}
