package dev.parallax.spark;

import dev.parallax.BadInputException;
import dev.parallax.audio.Channel;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.source.MemoryAudio;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.domain.HeardRecording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/// Finds the recordings of rows, on a worker. A file that every machine sees at its path is read window by
/// window, as on one machine. What is in the table, or on another file system, is read into memory, up to 1
/// GiB or a third of the memory.
///
/// @param root    the folder that paths are relative to and may not leave, qualified: `file:/data`, `s3a://calls`
/// @param channel which is heard, as `--channel` names it; empty for the mean of all
record Recordings(String root, String channel) implements Serializable {

    private static final String LOCAL = "file:";

    Recordings {
        heard(channel); // what is no channel is refused here, before any row is read
    }

    /// One recording.
    ///
    /// @param bytes of the file; null where it is read from its path
    /// @param path  of the file on this machine, or null
    /// @param name  in messages
    record Recording(byte @Nullable [] bytes, @Nullable Path path, String name, Channel channel) {

        /// Opens it.
        ///
        /// @param warnings receives what was assumed about it, and which other program decodes it, if one does
        AudioFile open(Consumer<String> warnings) {
            if (path != null) {
                return new FileAudio(path, channel).open(warnings);
            }
            AudioFile file = AudioFile.of(new ByteArrayInputStream(held()), name, Ffmpeg.ON_PATH, warnings);
            if (file.decoder() != null) {
                warnings.accept(name + ": decoded by " + file.decoder());
            }
            return file.withChannel(channel);
        }

        /// It as a model hears it, all of it read.
        HeardRecording heard(EmotionModel model) {
            List<String> warnings = new ArrayList<>();
            try (AudioFile file = open(warnings::add)) {
                return model.hear(file, warnings, 1).kept();
            }
        }

        /// It as a turn of a dialogue has it.
        AudioSource source() {
            if (path != null) {
                return new FileAudio(path, channel);
            }
            try (AudioFile file = open(_ -> {})) {
                return new MemoryAudio(file.readAll(), name);
            }
        }

        /// SHA-256 of its bytes; null for what is no file.
        @Nullable
        String hash() {
            if (path == null) {
                return SafeFiles.sha256(held());
            }
            return Files.isRegularFile(path) ? SafeFiles.sha256(path) : null;
        }

        private byte[] held() {
            return Objects.requireNonNull(bytes);
        }
    }

    private static Channel heard(String channel) {
        return channel.isEmpty() ? Channel.MEAN : Channel.parse(channel, "--channel");
    }

    /// The recording of a row, or null where it has none.
    ///
    /// @throws BadInputException when its path leaves the root, or it cannot be read
    @Nullable
    Recording of(ManifestRow row) {
        byte[] content = row.content();
        if (content != null) {
            String name = (row.audio() == null ? row.name() : row.audio()).replaceFirst("^file:/+", "/");
            if (content.length == 0) {
                throw new BadInputException(name
                        + (row.audio() == null
                                ? ": the recording has no bytes; give them, or null"
                                : ": empty, 0 bytes; copy or download it again"));
            }
            return new Recording(content, null, name, heard(channel));
        }
        String audio = row.audio();
        if (audio == null) {
            return null;
        }
        return root.startsWith(LOCAL)
                ? new Recording(null, inside(audio, row.where()), audio, heard(channel))
                : elsewhere(audio, row.where());
    }

    /// Reads the recording of a row.
    ///
    /// @param use what is made of it while it is open
    /// @throws BadInputException when the row has none, or it cannot be read
    <T> T read(ManifestRow row, Function<AudioFile, T> use) {
        row.requireUsable();
        Recording recording = of(row);
        if (recording == null) {
            throw new BadInputException(row.where() + ": the audio is empty; name the recording");
        }
        try (AudioFile file = recording.open(_ -> {})) {
            return use.apply(file);
        }
    }

    /// The path of a recording on this machine: a table from elsewhere must not make anyone read other files.
    private Path inside(String audio, String where) {
        try {
            Path folder = Path.of(new org.apache.hadoop.fs.Path(root).toUri().getPath());
            Path path = folder.resolve(audio.replaceFirst("^file:/+", "/")).normalize();
            if (!path.startsWith(folder)
                    || (Files.exists(path) && !path.toRealPath().startsWith(folder.toRealPath()))) {
                throw leaves(audio, where);
            }
            return path;
        } catch (InvalidPathException e) {
            throw new BadInputException(where + ": audio \"" + audio + "\" is no path: " + e.getReason(), e);
        } catch (IOException e) {
            throw new BadInputException(where + ": audio \"" + audio + "\" cannot be resolved: " + e.getMessage(), e);
        }
    }

    private Recording elsewhere(String audio, String where) {
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root);
        org.apache.hadoop.fs.Path path;
        try {
            path = new org.apache.hadoop.fs.Path(folder, audio);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(where + ": audio \"" + audio + "\" is no path: " + e.getMessage(), e);
        }
        if (!isInside(folder.toUri(), path.toUri().normalize())) {
            throw leaves(audio, where);
        }
        try {
            FileSystem files = path.getFileSystem(
                    SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()));
            long most = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 3);
            if (files.getFileStatus(path).getLen() > most) {
                throw new BadInputException(path + ": more than " + (most >> 20) + " MiB; give executors more memory,"
                        + " or cut the recording");
            }
            try (InputStream in = files.open(path)) {
                return new Recording(in.readAllBytes(), null, path.toString(), heard(channel));
            }
        } catch (IOException e) {
            throw SafeFiles.unreadable(path.toString(), e);
        }
    }

    private static boolean isInside(URI folder, URI path) {
        String start = folder.getPath().endsWith("/") ? folder.getPath() : folder.getPath() + "/";
        return Objects.equals(folder.getScheme(), path.getScheme())
                && Objects.equals(folder.getAuthority(), path.getAuthority())
                && path.getPath().startsWith(start);
    }

    private BadInputException leaves(String audio, String where) {
        return new BadInputException(where + ": audio \"" + audio + "\" leaves the folder " + root
                + "; say with --root DIR where the recordings lie");
    }
}
