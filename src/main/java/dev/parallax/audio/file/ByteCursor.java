package dev.parallax.audio.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Single bytes of a source at any position, read through a block; quick where positions follow each other.
final class ByteCursor {

    private static final int BLOCK_BYTES = 1 << 16;

    private final ByteSource source;
    private final ByteBuffer block;
    private long blockStart;

    ByteCursor(ByteSource source) {
        this.source = source;
        this.block =
                ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, source.size())).limit(0);
    }

    /// The byte at a position, 0 to 255.
    ///
    /// @param position 0 to the source's size - 1
    int at(long position) throws IOException {
        long offset = position - blockStart;
        if (offset < 0 || offset >= block.limit()) {
            // a few bytes before it: headers are read again
            blockStart = Math.max(0, position - 64);
            int length = (int) Math.min(block.capacity(), source.size() - blockStart);
            block.clear().limit(length);
            source.read(blockStart, block);
            offset = position - blockStart;
        }
        return block.get((int) offset) & 0xFF;
    }
}
