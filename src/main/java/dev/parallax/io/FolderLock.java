package dev.parallax.io;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder that one run writes and no other: two at once would each overwrite what the other left. The lock is the
/// operating system's, so it ends with the process, however that ends.
public final class FolderLock implements AutoCloseable {

    private static final String NAME = ".lock";

    private final Path folder;
    private final boolean isNew;
    private final FileChannel channel;

    private FolderLock(Path folder, boolean isNew, FileChannel channel) {
        this.folder = folder;
        this.isNew = isNew;
        this.channel = channel;
    }

    /// Takes a folder, and makes it where it is missing.
    ///
    /// @param warnings told where the file system knows no locks
    /// @throws BadInputException if another run has it, or it cannot be written
    public static FolderLock of(Path folder, Consumer<String> warnings) {
        boolean isNew = !Files.exists(folder);
        SafeFiles.createFolder(folder);
        Path file = folder.resolve(NAME);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be written: " + SafeFiles.reason(e), e);
        }
        if (!isTaken(channel, folder, warnings)) {
            close(channel);
            throw new BadInputException(
                    folder + ": another run is writing there; wait for its end, or give another folder");
        }
        return new FolderLock(folder, isNew, channel);
    }

    private static boolean isTaken(FileChannel channel, Path folder, Consumer<String> warnings) {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another thread of this process
        } catch (IOException e) {
            warnings.accept(folder + ": its file system knows no locks (" + SafeFiles.reason(e)
                    + "); let no other run write there");
            return true;
        }
    }

    /// Whether a folder is not there, or holds nothing but the lock.
    public static boolean isEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith(NAME));
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be read as a folder: " + SafeFiles.reason(e), e);
        }
    }

    /// Gives the folder back; one that was made for nothing goes again.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve(NAME)); // while it is held: nobody else's is deleted
            if (isNew) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // as it should be
        } catch (IOException e) {
            // an empty file or folder too many does no harm
        }
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing was written to it
        }
    }
}
