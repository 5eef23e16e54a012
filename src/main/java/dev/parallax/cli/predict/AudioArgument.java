package dev.parallax.cli.predict;

import dev.parallax.BadInputException;
import dev.parallax.audio.Channel;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.source.MemoryAudio;
import dev.parallax.cli.command.Arguments;
import dev.parallax.io.SafeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The recording that `--audio` names: a file, a pipe, or standard input, written `-`; and which of its channels is
/// used. A pipe and standard input can be opened only once.
///
/// @param path    where it is
/// @param channel the one that is used, or null for each by itself
public record AudioArgument(Path path, @Nullable Channel channel) {

    /// The value of `--channel` for all channels, each by itself.
    static final String EACH = "each";

    private static final Path STANDARD_INPUT = Path.of("-");

    /// The recording of `--audio` and `--channel`, or null where there is none.
    public static @Nullable AudioArgument of(Arguments arguments) {
        Path path = arguments.path("audio");
        return path == null ? null : new AudioArgument(path, channel(arguments));
    }

    /// The channel of `--channel`: the mean of all by default, null for each by itself.
    static @Nullable Channel channel(Arguments arguments) {
        String word = arguments.text("channel");
        return word == null ? Channel.MEAN : word.equals(EACH) ? null : Channel.parse(word, "--channel");
    }

    /// The one channel that `--channel` names, for commands that use one only.
    ///
    /// @param what uses one only, the start of the message
    public static Channel oneChannel(Arguments arguments, String what) {
        Channel channel = channel(arguments);
        if (channel == null) {
            throw new BadInputException(what + " hears one channel: write --channel left, right or a number from 1");
        }
        return channel;
    }

    /// Opens it, for the one channel, or for the mean of all where each is to be used.
    ///
    /// @param warnings receives what was assumed about it
    public AudioFile open(Consumer<String> warnings) {
        AudioFile file;
        if (path.equals(STANDARD_INPUT)) {
            file = AudioFile.of(System.in, "standard input", Ffmpeg.ON_PATH, warnings);
            if (file.decoder() != null) {
                warnings.accept("standard input: decoded by " + file.decoder());
            }
        } else {
            file = AudioFile.open(path, warnings);
        }
        return channel == null ? file : file.withChannel(channel);
    }

    /// The parts of the opened recording that are used: each of its channels by itself, or the whole.
    List<AudioFile> heard(AudioFile opened) {
        return channel == null ? opened.eachChannel() : List.of(opened);
    }

    /// It as a source: a file is read window by window, anything else is read into memory.
    public AudioSource source(Consumer<String> warnings) {
        if (Files.isRegularFile(path) && channel != null) {
            return new FileAudio(path, channel);
        }
        try (AudioFile file = open(warnings)) {
            return new MemoryAudio(file.readAll(), path.toString());
        }
    }

    /// SHA-256 of the recording's bytes; null for a pipe and standard input, which can be read only once.
    @Nullable
    String hash() {
        return hash(path);
    }

    /// The same of the file at a path.
    static @Nullable String hash(Path path) {
        return Files.isRegularFile(path) ? SafeFiles.sha256(path) : null;
    }

    /// The length of the file in bytes; 0 for a pipe or standard input.
    long bytes() {
        return path.toFile().length();
    }
}
