package dev.parallax.audio.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes that can be read at any position: a file, or an array in memory.
interface ByteSource extends Closeable {

    /// Total number of bytes, as it really is.
    long size();

    /// Fills `into` from its position to its limit with the bytes that start at `position`, and flips it.
    ///
    /// @throws EOFException when there are not that many bytes
    void read(long position, ByteBuffer into) throws IOException;

    /// The bytes from `start` on, 0 to `size()`, as a source of their own; closing either closes both.
    default ByteSource from(long start) {
        if (start == 0) {
            return this;
        }
        ByteSource whole = this;
        return new ByteSource() {
            @Override
            public long size() {
                return whole.size() - start;
            }

            @Override
            public void read(long position, ByteBuffer into) throws IOException {
                whole.read(start + position, into);
            }

            @Override
            public void close() throws IOException {
                whole.close();
            }
        };
    }

    /// The file's bytes; the file stays open until `close`.
    static ByteSource open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        long size;
        try {
            size = channel.size();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new ByteSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public void read(long position, ByteBuffer into) throws IOException {
                long at = position;
                while (into.hasRemaining()) {
                    int count = channel.read(into, at);
                    if (count < 0) {
                        throw new EOFException("the file ends at byte " + at);
                    }
                    at += count;
                }
                into.flip();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /// The array's bytes, not copied.
    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long position, ByteBuffer into) throws IOException {
                if (position < 0 || position + into.remaining() > bytes.length) {
                    throw new EOFException("the data ends at byte " + bytes.length);
                }
                into.put(bytes, (int) position, into.remaining());
                into.flip();
            }

            @Override
            public void close() {}
        };
    }
}
