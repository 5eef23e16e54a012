package dev.parallax.io;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A folder that one run writes and no other: two at once would overwrite each other's files. The lock is the
/// operating system's, so it ends with the process, however that ends. It works between processes only, and is
/// released when any channel to its file is closed. So a list of locked folders is checked first within a process.
public final class FolderLock implements AutoCloseable {

    private static final String NAME = ".lock";
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final boolean isNew;
    private final FileChannel channel;

    private FolderLock(Path folder, boolean isNew, FileChannel channel) {
        this.folder = folder;
        this.isNew = isNew;
        this.channel = channel;
    }

    /// Locks a folder, and creates it where it is missing.
    ///
    /// @param warnings receives a line where the file system has no locks
    /// @throws BadInputException if another run holds it, or it cannot be written
    public static FolderLock of(Path folder, Consumer<String> warnings) {
        boolean isNew = !Files.exists(folder);
        SafeFiles.createFolder(folder);
        try {
            Path real = folder.toRealPath();
            if (!TAKEN.add(real)) {
                throw taken(folder);
            }
            try {
                return new FolderLock(real, isNew, locked(real, folder, warnings));
            } catch (BadInputException | IOException e) {
                TAKEN.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw SafeFiles.unwritable(folder, e);
        }
    }

    private static BadInputException taken(Path folder) {
        return new BadInputException(
                folder + ": another run is writing there; wait for its end, or give another folder");
    }

    private static FileChannel locked(Path real, Path folder, Consumer<String> warnings) throws IOException {
        FileChannel channel = FileChannel.open(real.resolve(NAME), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        boolean isOurs;
        try {
            isOurs = channel.tryLock() != null;
        } catch (IOException e) {
            isOurs = true;
            warnings.accept(folder + ": its file system knows no locks (" + SafeFiles.reason(e)
                    + "); let no other run write there");
        }
        if (!isOurs) {
            channel.close();
            throw taken(folder);
        }
        return channel;
    }

    /// Whether a folder is missing, or contains nothing but the lock.
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

    /// Releases the folder, and deletes one that stayed empty. In others the lock's empty file stays: if it were
    /// deleted, the next two processes could each lock a file of their own.
    @Override
    public void close() {
        try (channel) {
            if (isNew && isEmpty(folder)) {
                Files.deleteIfExists(folder.resolve(NAME));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            // an empty file left behind does no harm
        } finally {
            TAKEN.remove(folder);
        }
    }
}
