package dev.parallax.io;

import dev.parallax.BadInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a text file that may be larger than memory, one by one; of a file whose name ends in `.gz`, those
/// of what it unpacks to. Lines end with LF or CRLF; the text is UTF-8, where bytes that are none become U+FFFD.
public final class LineReader implements AutoCloseable {

    /// The longest line `[bytes]`; a longer one means that the file is no text.
    public static final int LONGEST = 1 << 20;

    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final InputStream in;
    private byte[] line = new byte[1 << 10];
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private int position;
    private long number;

    private LineReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /// Opens a file.
    ///
    /// @throws BadInputException if it cannot be read, or is no regular file (a pipe or a device might never end)
    public static LineReader open(Path file) {
        SafeFiles.requireRegular(file);
        try {
            InputStream raw = Files.newInputStream(file);
            boolean packed = file.toString().endsWith(".gz");
            return new LineReader(file, packed ? new GZIPInputStream(new BufferedInputStream(raw), BLOCK) : raw);
        } catch (IOException e) {
            throw SafeFiles.unreadable(file, e);
        }
    }

    /// The next line without its end, or null after the last.
    ///
    /// @throws BadInputException if the file cannot be read on, or the line is longer than [#LONGEST]
    public @Nullable String next() {
        int length = 0;
        boolean any = false;
        while (true) {
            if (position == filled && !fill()) {
                return any ? text(length) : null;
            }
            any = true;
            int end = position;
            while (end < filled && block[end] != '\n') {
                end++;
            }
            int more = end - position;
            if (length + more > LONGEST) {
                throw new BadInputException(file + ": line " + (number + 1) + " has more than " + LONGEST
                        + " bytes; this is no text file of lines");
            }
            if (length + more > line.length) {
                line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
            }
            System.arraycopy(block, position, line, length, more);
            length += more;
            position = end + 1;
            if (end < filled) {
                return text(length);
            }
            position = filled;
        }
    }

    private boolean fill() {
        try {
            int read = in.read(block);
            filled = Math.max(read, 0);
            position = 0;
            return read > 0;
        } catch (IOException e) {
            throw new BadInputException(
                    file + ": cannot be read after line " + number + " (" + SafeFiles.reason(e) + "); is it whole?", e);
        }
    }

    private String text(int length) {
        number++;
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }

    /// The number of the last line, from 1.
    public long number() {
        return number;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw SafeFiles.unreadable(file, e);
        }
    }
}
