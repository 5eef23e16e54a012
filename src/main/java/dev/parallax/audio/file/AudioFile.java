package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import dev.parallax.io.NearbyPath;
import dev.parallax.io.PathKind;
import dev.parallax.io.SafeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An open recording that is read in windows, so that it may be longer than memory. Its first bytes decide what it
/// is, never its name:
///
/// - WAV (also RF64, BW64, Wave64 and extensible), AIFF, AIFF-C, AU: integers of 8, 16, 24 and 32 bits, floating
///   point of 32 and 64, A-law and mu-law
/// - FLAC
/// - with [Ffmpeg], what that decodes: MP3, M4A, Ogg, Opus, the sound of films
///
/// The mean of all channels is taken, or one channel ([#withChannel]); tags and pictures are skipped. FLAC files are
/// indexed when they are opened, which reads but does not decode them. Their windows are decoded when they are read:
/// nothing is held in memory or put on disk. What comes through a pipe, and what ffmpeg decodes, is held in memory.
///
/// A file that is not what it says is refused with one line that says how to mend it. Such files are truncated,
/// damaged, empty, of another format, git-lfs pointers, or have NaN among the samples. Not for use by several
/// threads at once: each opens its own. To read from a closed one is an IllegalStateException.
public final class AudioFile implements AutoCloseable {

    /// What is read, in words.
    public static final String FORMATS = "WAV, AIFF, AU, FLAC";

    /// What is read where ffmpeg is, in words.
    public static final String MORE_FORMATS = FORMATS + "; with ffmpeg MP3, M4A, Ogg, Opus and others";

    /// Number of samples, of all channels together, that are mixed at a time.
    private static final int BLOCK_SAMPLES = 1 << 14;

    private final ByteSource source;
    private final String name;
    private final SampleSource samples;
    private final Channel channel;
    private final @Nullable String decoder;
    private final Consumer<String> warnings;
    private final AtomicBoolean closed; // also of its channels
    private final Set<String> warned = new HashSet<>();

    private AudioFile(
            ByteSource source,
            String name,
            SampleSource samples,
            Channel channel,
            @Nullable String decoder,
            Consumer<String> warnings,
            AtomicBoolean closed) {
        this.source = source;
        this.name = name;
        this.samples = samples;
        this.channel = channel;
        this.decoder = decoder;
        this.warnings = warnings;
        this.closed = closed;
    }

    /// Reads a whole recording, its channels averaged; what [#open(Path, Consumer)] would warn about is accepted.
    ///
    /// @throws BadInputException when it is not what it says: one line
    public static Audio read(Path path) {
        return read(path, _ -> {});
    }

    /// Reads a whole recording, its channels averaged. A long one is better read in windows.
    ///
    /// @param warnings receives, one line each, what was assumed about the file
    /// @throws BadInputException when it is not what it says: one line
    public static Audio read(Path path, Consumer<String> warnings) {
        try (AudioFile file = open(path, warnings)) {
            return file.readAll();
        }
    }

    /// Reads a whole recording that is in memory.
    ///
    /// @param name what to call it in messages
    public static Audio read(byte[] bytes, String name, Consumer<String> warnings) {
        try (AudioFile file = of(bytes, name, warnings)) {
            return file.readAll();
        }
    }

    /// Reads a whole recording from a stream, up to its end; the stream is not closed. What is not decoded here is
    /// refused.
    ///
    /// @param name what to call it in messages
    public static Audio read(InputStream stream, String name, Consumer<String> warnings) {
        try (AudioFile file = of(stream, name, Ffmpeg.NEVER, warnings)) {
            return file.readAll();
        }
    }

    /// Opens a file and checks its structure against its real size. What is not decoded here is decoded by the
    /// `ffmpeg` on the `PATH`, if there is one, and the warnings say so.
    ///
    /// @param path     a file, or a pipe, which is read to its end
    /// @param warnings receives, one line each, what was assumed about the file, and what makes it a poor one
    /// @throws BadInputException when it cannot be read or is not what it says
    public static AudioFile open(Path path, Consumer<String> warnings) {
        AudioFile file = open(path, Ffmpeg.ON_PATH, warnings);
        file.warnOfDecoder();
        return file;
    }

    /// As [#open(Path, Consumer)], but no warning says who decodes it; [#decoder] does.
    ///
    /// @param ffmpeg decodes what is not decoded here; [Ffmpeg#NEVER] forbids it
    public static AudioFile open(Path path, Ffmpeg ffmpeg, Consumer<String> warnings) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(ffmpeg, "ffmpeg");
        Objects.requireNonNull(warnings, "warnings");
        String name = path.toString();
        try {
            return switch (PathKind.of(path)) {
                case FILE -> open(ByteSource.open(path), path, name, ffmpeg, warnings);
                case PIPE -> {
                    try (InputStream stream = Files.newInputStream(path)) {
                        yield of(stream, name, ffmpeg, warnings);
                    }
                }
                case MISSING -> throw new BadInputException(missing(path));
                case FOLDER -> throw new BadInputException(name + ": a folder, not a recording; name a file in it");
                case DEVICE -> throw new BadInputException(name + ": a device, not a recording; name a file or a pipe");
                case SOCKET -> throw new BadInputException(name + ": a socket, not a recording; name a file or a pipe");
            };
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /// As [#open(Path, Consumer)] for bytes in memory; what is not decoded here is refused.
    ///
    /// @param bytes a whole file, not copied
    /// @param name  what to call it in messages
    public static AudioFile of(byte[] bytes, String name, Consumer<String> warnings) {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(warnings, "warnings");
        try {
            return open(ByteSource.of(bytes), null, name, Ffmpeg.NEVER, warnings);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /// As [#open(Path, Ffmpeg, Consumer)] for a stream, which is read to its end and not closed: up to 1 GiB, or a
    /// third of the memory if that is less.
    ///
    /// @param name what to call it in messages
    public static AudioFile of(InputStream stream, String name, Ffmpeg ffmpeg, Consumer<String> warnings) {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(ffmpeg, "ffmpeg");
        Objects.requireNonNull(warnings, "warnings");
        try {
            long most = ByteBlocks.most();
            ByteBlocks bytes = ByteBlocks.readAll(stream, most);
            if (bytes == null) {
                throw new BadInputException(name + ": more than " + (most >> 20) + " MiB come through a pipe;"
                        + " save the recording as a file, which is read window by window");
            }
            if (bytes.size() == 0) {
                throw new BadInputException(name + ": nothing comes through the pipe; does what writes to it work?");
            }
            return open(bytes, null, name, ffmpeg, warnings);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /// Samples that are stored as a header says, from the start of a source.
    static AudioFile of(ByteSource source, PcmHeader header, String name, Consumer<String> warnings) {
        return new AudioFile(
                source, name, new PcmFile(source, header), Channel.MEAN, null, warnings, new AtomicBoolean());
    }

    private static AudioFile open(
            ByteSource source, @Nullable Path path, String name, Ffmpeg ffmpeg, Consumer<String> warnings)
            throws IOException {
        try {
            return switch (FileContent.open(source, name, warnings)) {
                case SampleSource samples ->
                    new AudioFile(source, name, samples, Channel.MEAN, null, warnings, new AtomicBoolean());
                case Undecoded undecoded -> {
                    ByteSource decoded = ffmpeg.decode(path, source, undecoded.reason(), name, warnings);
                    source.close();
                    yield new AudioFile(
                            decoded,
                            name,
                            samplesOf(decoded, name),
                            Channel.MEAN,
                            ffmpeg.version(),
                            warnings,
                            new AtomicBoolean());
                }
            };
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /// The samples of the WAV file that ffmpeg writes; its length is missing, since it comes through a pipe.
    private static SampleSource samplesOf(ByteSource decoded, String name) throws IOException {
        return switch (FileContent.open(decoded, name, _ -> {})) {
            case SampleSource samples -> samples;
            case Undecoded undecoded ->
                throw new BadInputException(name + ": what ffmpeg made of it " + undecoded.reason() + "; convert it: "
                        + FileKind.convert(name));
        };
    }

    /// Warns that another program decodes it, if one does.
    private void warnOfDecoder() {
        if (decoder != null) {
            warnings.accept(name + ": decoded by " + decoder);
        }
    }

    /// The program that decodes it, such as `ffmpeg 5.1.9`, or null where it is decoded here.
    public @Nullable String decoder() {
        return decoder;
    }

    /// One channel of the same recording; closing either closes both.
    ///
    /// @throws BadInputException when it has no such channel
    public AudioFile withChannel(Channel wanted) {
        Objects.requireNonNull(wanted, "wanted");
        if (wanted.number() > channels()) {
            throw new BadInputException(name + ": there is no " + wanted + ": it has "
                    + (channels() == 1 ? "one channel, which is heard without ‹channel›" : channels() + " channels"));
        }
        return new AudioFile(source, name, samples, wanted, decoder, warnings, closed);
    }

    /// The same recording once for each channel, in their order; closing one closes all.
    public List<AudioFile> eachChannel() {
        return IntStream.rangeClosed(1, channels())
                .mapToObj(number -> withChannel(new Channel(number)))
                .toList();
    }

    /// The channel that is read.
    public Channel channel() {
        return channel;
    }

    /// Number of frames: one sample of each channel makes one frame. At least 1.
    public long frames() {
        return samples.frames();
    }

    /// Frames per second `[Hz]`.
    public int sampleRate() {
        return samples.sampleRate();
    }

    /// Number of channels in the file, at least 1; what is read always has one.
    public int channels() {
        return samples.channels();
    }

    /// Duration in seconds.
    public double seconds() {
        return (double) frames() / sampleRate();
    }

    /// Reads a window, its channels averaged, y\[i\] = (1/C) Σ_c x_c\[start + i\], or the one channel that was
    /// chosen. Where the channels cancel out when averaged, the window's [Audio#doubts] say so, and a warning comes
    /// once.
    ///
    /// @param start first frame, 0 to `frames()`
    /// @param count frames wanted; fewer come back where the file ends earlier
    /// @throws BadInputException when a sample is not finite, or the file cannot be read
    /// @throws IllegalStateException when it is closed
    public Audio read(long start, int count) {
        if (closed.get()) {
            throw new IllegalStateException(name + ": the file was closed; open it again");
        }
        if (start < 0 || start > frames() || count < 0) {
            throw new BadInputException(name + ": frames " + start + " to " + (start + count) + " asked for, it has "
                    + frames() + "; ask for a window within");
        }
        float[] out = new float[(int) Math.min(count, frames() - start)];
        Downmix downmix = new Downmix(channels(), channel);
        int most = Math.max(1, BLOCK_SAMPLES / channels());
        float[][] block = new float[channels()][Math.min(most, out.length)];
        try {
            for (int done = 0; done < out.length; done += most) {
                int some = Math.min(most, out.length - done);
                samples.read(start + done, some, block);
                downmix.mix(block, some, out, done);
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        checkFinite(out, start);
        List<String> doubts = downmix.doubts(name);
        warnOnce(doubts);
        warnOnce(downmix.silentChannels(name));
        return new Audio(out, sampleRate(), doubts);
    }

    /// Passes on each warning once: windows of one recording repeat them.
    private void warnOnce(List<String> lines) {
        lines.stream().filter(warned::add).forEach(warnings);
    }

    /// Reads all of it.
    ///
    /// @throws BadInputException when its samples would fill more than half of the memory
    public Audio readAll() {
        long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 2 / Float.BYTES);
        if (frames() > most) {
            throw new BadInputException(String.format(
                    Locale.ROOT,
                    "%s: %.0f s are too long to be read at once, at most %d s are here; cut it, read windows of it, or"
                            + " give it more memory: PARALLAX_JAVA_OPTS=-Xmx4g",
                    name,
                    seconds(),
                    most / sampleRate()));
        }
        return read(0, (int) frames());
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            source.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private void checkFinite(float[] x, long start) {
        for (int i = 0; i < x.length; i++) {
            if (!Float.isFinite(x[i])) {
                throw new BadInputException(String.format(
                        Locale.ROOT,
                        "%s: sample %d (at %.3f s) is not a finite number; export it again as 16-bit PCM",
                        name,
                        start + i,
                        (double) (start + i) / sampleRate()));
            }
        }
    }

    private static String missing(Path path) {
        String hint = NearbyPath.hint(path);
        return path + ": no such file" + (hint.isEmpty() ? "; check the path" : hint);
    }

    static BadInputException unreadable(String name, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new BadInputException(missing(Path.of(name)), e);
        }
        return SafeFiles.unreadable(name, e);
    }
}
