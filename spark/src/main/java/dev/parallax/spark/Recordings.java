package dev.parallax.spark;

import dev.parallax.BadInputException;
import dev.parallax.audio.Channel;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.source.MemoryAudio;
import dev.parallax.io.SafeFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
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
            return java.util.Objects.requireNonNull(bytes);
        }
    }

    private Channel heard() {
        return channel.isEmpty() ? Channel.MEAN : Channel.parse(channel, "--channel");
    }

    /// The recording of a row, or null where it has none.
    ///
    /// @throws BadInputException when its path leaves the root, or it cannot be read
    @Nullable
    Recording of(ManifestRow row) {
        byte[] content = row.content();
        if (content != null) {
            String name = row.audio() == null ? row.name() : row.audio();
            return new Recording(content, null, name.replaceFirst("^file:/+", "/"), heard());
        }
        String audio = row.audio();
        if (audio == null) {
            return null;
        }
        return root.startsWith(LOCAL)
                ? new Recording(null, inside(audio, row.where()), audio, heard())
                : elsewhere(audio, row.where());
    }

    /// The path of a recording on this machine: a table from elsewhere must not make anyone read other files.
    private Path inside(String audio, String where) {
        try {
            Path folder = Path.of(
                    URI.create(root.replaceFirst("^file:/+", "file:///")).getPath());
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
        URI folder = URI.create(root.endsWith("/") ? root : root + "/");
        org.apache.hadoop.fs.Path path;
        try {
            path = new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(folder), audio);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(where + ": audio \"" + audio + "\" is no path: " + e.getMessage(), e);
        }
        if (!path.toUri().normalize().toString().startsWith(folder.toString())) {
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
                return new Recording(in.readAllBytes(), null, path.toString(), heard());
            }
        } catch (IOException e) {
            throw SafeFiles.unreadable(path.toString(), e);
        }
    }

    private BadInputException leaves(String audio, String where) {
        return new BadInputException(where + ": audio \"" + audio + "\" leaves the folder " + root
                + "; say with --root DIR where the recordings lie");
    }
}
