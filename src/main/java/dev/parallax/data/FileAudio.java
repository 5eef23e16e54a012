package dev.parallax.data;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.AudioFile;
import dev.parallax.audio.SoundFacts;
import dev.parallax.audio.Windows;
import dev.parallax.io.SafeFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The sound of a whole file. Its hashes are computed when they are first asked for and kept, so a file that
/// changes meanwhile is not noticed before the next start.
public final class FileAudio implements AudioSource {

    private final Path path;
    private @Nullable String contentHash;
    private @Nullable String soundHash;

    /// @param path a file in a format that [Audio] reads; it is not touched yet
    public FileAudio(Path path) {
        this.path = path;
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    @Override
    public Audio read() {
        return Audio.read(path);
    }

    @Override
    public List<AudioSource> windows(double seconds) {
        try (AudioFile file = AudioFile.open(path, warning -> {})) {
            Windows windows = Windows.of(Math.max(1, file.frames()), file.sampleRate(), seconds);
            if (windows.count() == 1) {
                return List.of(this);
            }
            return IntStream.range(0, windows.count())
                    .<AudioSource>mapToObj(i -> new AudioWindow(this, windows, i))
                    .toList();
        }
    }

    /// SHA-256 of the file's bytes, in hex.
    ///
    /// @throws BadInputException when the file cannot be read
    @Override
    public synchronized String contentHash() {
        if (contentHash == null) {
            contentHash = SafeFiles.sha256(path);
        }
        return contentHash;
    }

    /// That of the samples; of a file that cannot be decoded, which nothing can hear, that of its bytes.
    ///
    /// @throws BadInputException when the file cannot be read
    @Override
    public synchronized String soundHash() {
        if (soundHash == null) {
            soundHash = decodedHash();
        }
        return soundHash;
    }

    private String decodedHash() {
        try {
            return SoundFacts.read(path).hash();
        } catch (BadInputException e) {
            return contentHash();
        }
    }

    /// Takes the hash from facts that are known, so that nothing is decoded for it.
    public synchronized void decodedAs(SoundFacts facts) {
        soundHash = facts.hash();
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
