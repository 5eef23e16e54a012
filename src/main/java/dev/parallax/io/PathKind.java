package dev.parallax.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// What a path leads to, links followed.
public enum PathKind {
    /// A file with a length, which can be read anywhere and again.
    FILE,
    FOLDER,
    /// A pipe, named or not, which is read once, from its beginning to its end.
    PIPE,
    /// A device or a terminal.
    DEVICE,
    SOCKET,
    MISSING;

    private static final int TYPE_BITS = 0xF000;
    private static final int PIPE_BITS = 0x1000;
    private static final int SOCKET_BITS = 0xC000;

    /// The kind of what a path leads to.
    ///
    /// @throws IOException when that cannot be found out: no permission
    public static PathKind of(Path path) throws IOException {
        if (Files.notExists(path)) {
            return MISSING;
        }
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
            return FILE;
        }
        return attributes.isDirectory() ? FOLDER : special(path);
    }

    /// By the highest bits of the mode (`stat.h`); a system without them has pipes only.
    private static PathKind special(Path path) throws IOException {
        boolean hasMode = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        int type =
                hasMode && Files.getAttribute(path, "unix:mode") instanceof Integer mode ? mode & TYPE_BITS : PIPE_BITS;
        return switch (type) {
            case PIPE_BITS -> PIPE;
            case SOCKET_BITS -> SOCKET;
            default -> DEVICE;
        };
    }
}
