package dev.parallax.io;

import dev.parallax.BadInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Whole files, read and written so that a failure is one line of message and never half a file. Data is written
/// beside the target, reaches the disk (unless it is only cached), and is then moved into place in one step. A
/// reader sees the old file or the new one.
public final class SafeFiles {

    /// The largest file that fits an array [bytes].
    static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final int BLOCK = 1 << 16;
    private static final String UNFINISHED = ".tmp";

    private SafeFiles() {}

    /// Writes a new file's content; it may fail at any point without harm to the old one.
    @FunctionalInterface
    public interface Content {
        /// Writes everything to `out`, which the caller closes.
        void writeTo(OutputStream out) throws IOException;
    }

    /// All bytes of a file of at most 2 GiB.
    ///
    /// @throws BadInputException if it is missing, no regular file, too large or unreadable
    public static byte[] read(Path file) {
        return read(file, MOST_BYTES);
    }

    /// All bytes of a file of at most `most` bytes.
    static byte[] read(Path file, long most) {
        requireRegular(file);
        try {
            long size = Files.size(file);
            if (size > most) {
                throw new BadInputException(file + ": has " + size + " bytes; at most " + most + " are read at once");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// All bytes of a stream, up to its end, which is not closed: at most 2 GiB, or a third of the memory that the
    /// JVM may use if that is less.
    ///
    /// @param where what the stream is, the start of every message
    /// @throws BadInputException if it has more, or cannot be read
    static byte[] read(InputStream stream, String where) {
        return read(stream, where, Math.min(MOST_BYTES - 1, Runtime.getRuntime().maxMemory() / 3));
    }

    /// The same of at most `most` bytes.
    static byte[] read(InputStream stream, String where, long most) {
        try {
            byte[] all = stream.readNBytes((int) most + 1);
            if (all.length > most) {
                throw new BadInputException(
                        where + ": more than " + most + " bytes come from the stream; give a file, or more memory");
            }
            return all;
        } catch (IOException e) {
            throw unreadable(where, e);
        }
    }

    /// The first bytes of a file, fewer where it ends before: enough to decide whether to read the rest.
    static byte[] readStart(Path file, int count) {
        requireRegular(file);
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// A file of any size, mapped into memory: its bytes are read when they are looked at. It must not change
    /// meanwhile.
    ///
    /// @param arena whose end unmaps it
    /// @return not writable
    /// @throws BadInputException if it is missing, no regular file or unreadable
    public static MemorySegment map(Path file, Arena arena) {
        requireRegular(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// Refuses a path to something whose length cannot be known before it is read.
    ///
    /// @throws BadInputException if it is a folder, a pipe or a device; a missing file is left to the reader
    static void requireRegular(Path file) {
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + ": is a folder, expected a file; name one in it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new BadInputException(
                    file + ": is a pipe or a device, no regular file; save what it gives as a file first");
        }
    }

    /// Replaces `target` by what `content` writes, or leaves it as it was.
    ///
    /// @param target in a folder that exists (see [#createFolder])
    /// @throws BadInputException if it cannot be written: no such folder, no permission, disk full
    public static void write(Path target, Content content) {
        write(target, content, true);
    }

    private static void write(Path target, Content content, boolean durable) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInputException(target + ": the folder " + folder + " does not exist; create it first");
        }
        if (Files.isDirectory(target)) {
            throw new BadInputException(target + ": is a folder, cannot be replaced by a file");
        }
        try {
            writeBesideAndMove(target, folder, content, durable);
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /// Replaces `target` by these bytes, or leaves it as it was.
    public static void write(Path target, byte[] bytes) {
        write(target, out -> out.write(bytes));
    }

    /// Copies a file of any size.
    ///
    /// @throws BadInputException if it cannot be read or written
    public static void copy(Path from, Path to) {
        requireRegular(from);
        write(to, out -> Files.copy(from, out));
    }

    /// The same for what can be computed again. It does not wait for the disk, which would be most of the time for a
    /// small file. After a power failure the file may be empty or damaged, which its reader must notice.
    public static void writeCached(Path target, byte[] bytes) {
        write(target, out -> out.write(bytes), false);
    }

    private static void writeBesideAndMove(Path target, Path folder, Content content, boolean durable)
            throws IOException {
        String unique =
                ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId() + "-" + System.nanoTime();
        Path beside = folder.resolve("." + target.getFileName() + "." + unique + UNFINISHED);
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try {
            try (channel;
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BLOCK)) {
                content.writeTo(out);
                out.flush();
                if (durable) {
                    channel.force(true);
                }
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside); // nothing is there after the move
        }
    }

    /// Makes a folder and those above it, unless they exist.
    ///
    /// @throws BadInputException if a file is in the way or permission is missing
    public static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be created as a folder " + reasonAndRemedy(e), e);
        }
    }

    /// Deletes what a killed process left half written in a folder.
    public static void deleteUnfinished(Path folder) {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, ".*" + UNFINISHED)) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new BadInputException(folder + ": cannot be tidied: " + e.getMessage(), e);
        }
    }

    /// SHA-256 of a file, as 64 lower-case hexadecimal digits.
    public static String sha256(Path file) {
        requireRegular(file);
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                digest.update(block, 0, n);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// SHA-256 of the parts one after the other, as 64 lower-case hexadecimal digits.
    public static String sha256(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static BadInputException unreadable(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new BadInputException(file + ": no such file" + NearbyPath.hint(file), e);
        }
        return unreadable(file.toString(), e);
    }

    /// The exception for something that exists but cannot be read.
    ///
    /// @param name what it is called
    public static BadInputException unreadable(String name, IOException e) {
        return new BadInputException(name + ": cannot be read " + reasonAndRemedy(e), e);
    }

    /// The exception for something that cannot be written.
    static BadInputException unwritable(Path path, IOException e) {
        return new BadInputException(path + ": cannot be written " + reasonAndRemedy(e), e);
    }

    private static String reasonAndRemedy(IOException e) {
        return "(" + reason(e) + "); "
                + (isInterruption(e) ? "nothing is wrong with it, try again" : "check disk and rights");
    }

    private static boolean isInterruption(IOException e) {
        return e instanceof ClosedByInterruptException || e instanceof InterruptedIOException;
    }

    /// What went wrong, in one line.
    static String reason(IOException e) {
        if (isInterruption(e)) {
            return "the thread was interrupted";
        }
        String message = e.getMessage();
        return e.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }
}
