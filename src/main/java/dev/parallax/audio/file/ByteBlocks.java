package dev.parallax.audio.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All bytes of a stream, in memory.
final class ByteBlocks implements ByteSource {

    private static final int BLOCK_BYTES = 1 << 20;

    private final List<byte[]> blocks;
    private final long size;

    private ByteBlocks(List<byte[]> blocks, long size) {
        this.blocks = blocks;
        this.size = size;
    }

    /// How many bytes of a stream are kept at most: 1 GiB, or a third of the memory that the JVM may use.
    static long most() {
        return Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 3);
    }

    /// Reads a stream to its end; returns null as soon as it has more than `most` bytes.
    static @Nullable ByteBlocks readAll(InputStream stream, long most) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        long size = 0;
        while (true) {
            byte[] block = stream.readNBytes(BLOCK_BYTES);
            size += block.length;
            if (size > most) {
                return null;
            }
            blocks.add(block);
            if (block.length < BLOCK_BYTES) {
                return new ByteBlocks(blocks, size);
            }
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        if (position < 0 || position + into.remaining() > size) {
            throw new EOFException("the data ends at byte " + size);
        }
        long at = position;
        while (into.hasRemaining()) {
            byte[] block = blocks.get((int) (at / BLOCK_BYTES));
            int within = (int) (at % BLOCK_BYTES);
            int count = Math.min(into.remaining(), block.length - within);
            into.put(block, within, count);
            at += count;
        }
        into.flip();
    }

    @Override
    public void close() {}
}
