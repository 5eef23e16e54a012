package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import dev.parallax.io.ProgramPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The program `ffmpeg`, which decodes what is not decoded here (MP3, M4A, Ogg, Opus, the sound of films), where it
/// is allowed and installed. It gets one file and reads no other: no network, no playlists. What it decodes comes
/// through a pipe and stays in memory. Its time and its memory are limited.
///
/// Which samples come out depends on its version, so [#version] belongs to what identifies them.
public final class Ffmpeg {

    /// Never: what is not decoded here is refused. For services, and for users who want a single decoder.
    public static final Ffmpeg NEVER = new Ffmpeg(null, false, Duration.ZERO, 0);

    /// The first one on the `PATH`, which is looked for when it is first needed.
    public static final Ffmpeg ON_PATH = new Ffmpeg(null, true, Duration.ofMinutes(10), ByteBlocks.most());

    /// Its readers of recordings and films. Those of lists of other files are not among them.
    private static final String READERS = "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,eac3,flac,flv,matroska,mov,mp3,mpc,"
            + "mpc8,mpeg,mpegts,nistsphere,ogg,rm,tta,voc,w64,wav,wv";

    private static final Pattern VERSION = Pattern.compile("ffmpeg version (\\S+)");
    private static final int MOST_ERROR_BYTES = 1 << 16;

    private final boolean searches;
    private final Duration limit;
    private final long mostBytes;
    private @Nullable Path program;
    private @Nullable String version;

    private Ffmpeg(@Nullable Path program, boolean searches, Duration limit, long mostBytes) {
        this.program = program;
        this.searches = searches;
        this.limit = limit;
        this.mostBytes = mostBytes;
    }

    /// The program at a path.
    ///
    /// @param limit     longest time for one file
    /// @param mostBytes largest size of a decoded recording
    static Ffmpeg at(Path program, Duration limit, long mostBytes) {
        return new Ffmpeg(program, false, limit, mostBytes);
    }

    /// Its path, or null where it is not allowed or not installed.
    public synchronized @Nullable Path program() {
        if (program == null && searches) {
            program = ProgramPath.find("ffmpeg");
        }
        return program;
    }

    /// `ffmpeg 5.1.9`, or null where it is not allowed or not installed.
    public synchronized @Nullable String version() {
        Path installed = program();
        if (installed != null && version == null) {
            version = ask(installed);
        }
        return version;
    }

    /// The program that would decode a file, found without reading more than its header: `ffmpeg 5.1.9`, or null
    /// where the file is decoded by [AudioFile] itself or not at all.
    ///
    /// @throws BadInputException when it cannot be read or is no recording
    public @Nullable String decoderOf(Path path) {
        String name = path.toString();
        try (ByteSource source = ByteSource.open(path)) {
            return FileContent.isDecodedHere(source, name) ? null : version();
        } catch (IOException e) {
            throw AudioFile.unreadable(name, e);
        }
    }

    private static String ask(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = text(process.getInputStream());
            process.waitFor();
            var found = VERSION.matcher(said);
            return "ffmpeg " + (found.find() ? found.group(1) : "of unknown version");
        } catch (IOException e) {
            return "ffmpeg of unknown version"; // decoding will show what is wrong with it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ffmpeg told its version", e);
        }
    }

    /// Decodes the first sound of a recording, whatever it is.
    ///
    /// @param file   where it is, or null where it is in memory
    /// @param bytes  its content
    /// @param reason why it is not decoded here, the end of a sentence about it
    /// @param warnings receives the faults that it reports, where it decodes the recording all the same
    /// @return a WAV file of 32-bit floating point
    /// @throws BadInputException when it is not allowed, is not installed, or cannot read the recording
    ByteSource decode(@Nullable Path file, ByteSource bytes, String reason, String name, Consumer<String> warnings)
            throws IOException {
        String known = version();
        Path installed = program;
        if (known == null || installed == null) {
            throw new BadInputException(name + ": " + reason + "; "
                    + (searches ? "install ffmpeg, with which it is, or " : "") + "convert it: "
                    + FileKind.convert(name));
        }
        String input = file == null ? "pipe:0" : "file:" + file;
        Process process = new ProcessBuilder(command(installed, input)).start();
        AtomicBoolean late = new AtomicBoolean();
        AtomicReference<String> said = new AtomicReference<>("");
        List<Thread> helpers = List.of(
                start(() -> said.set(lastLine(process.getErrorStream()))),
                start(() -> feed(process.getOutputStream(), file == null ? bytes : null)),
                start(() -> {
                    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                        late.set(true);
                        kill(process);
                    }
                }));
        try {
            ByteBlocks decoded = ByteBlocks.readAll(process.getInputStream(), mostBytes);
            if (decoded == null) {
                throw new BadInputException(name + ": too long to be decoded at once: " + known + " makes more than "
                        + (mostBytes >> 20) + " MiB of it; convert it: " + FileKind.convert(name));
            }
            int code = process.waitFor();
            for (Thread helper : helpers) {
                helper.join();
            }
            if (late.get()) {
                throw new BadInputException(name + ": " + known + " was stopped after " + limit.toSeconds()
                        + " s; convert it: " + FileKind.convert(name));
            }
            if (code != 0 || decoded.size() == 0) {
                throw new BadInputException(name + ": " + reason + " here, and " + known + " cannot decode it ("
                        + (said.get().isEmpty() ? "exit code " + code : said.get()) + "); copy or download it again"
                        + (file == null ? ", or save it as a file" : ""));
            }
            if (!said.get().isEmpty()) {
                warnings.accept(name + ": may be damaged: " + known + " decodes it, and says: " + said.get());
            }
            return decoded;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ffmpeg decoded " + name, e);
        } finally {
            kill(process);
        }
    }

    private static List<String> command(Path program, String input) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-nostdin", "-v", "error"));
        command.addAll(List.of("-protocol_whitelist", "file,pipe", "-format_whitelist", READERS, "-i", input));
        command.addAll(List.of("-map", "0:a:0", "-map_metadata", "-1", "-c:a", "pcm_f32le", "-f", "wav", "pipe:1"));
        return command;
    }

    /// Work that may be interrupted, or fail when the process ends.
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static Thread start(Work work) {
        return Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // the process has ended, and its exit code says why
            }
        });
    }

    private static void feed(OutputStream in, @Nullable ByteSource bytes) throws IOException {
        try (in) {
            byte[] block = new byte[MOST_ERROR_BYTES];
            for (long at = 0; bytes != null && at < bytes.size(); at += block.length) {
                int count = (int) Math.min(block.length, bytes.size() - at);
                in.write(ChunkBytes.array(bytes, at, count));
            }
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String lastLine(InputStream errors) throws IOException {
        return text(errors)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (_, last) -> last);
    }

    private static String text(InputStream stream) throws IOException {
        String text = new String(stream.readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8);
        stream.transferTo(OutputStream.nullOutputStream());
        return text;
    }
}
