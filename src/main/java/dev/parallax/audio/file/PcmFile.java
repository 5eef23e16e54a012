package dev.parallax.audio.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Samples that are stored as they are: WAV, AIFF, AU. Any window is read at its place.
final class PcmFile implements SampleSource {

    private static final int BLOCK_BYTES = 1 << 14;

    private final ByteSource source;
    private final PcmHeader header;
    private final ByteBuffer block;

    PcmFile(ByteSource source, PcmHeader header) {
        this.source = source;
        this.header = header;
        int blockFrames = (int) Math.min(header.frames(), Math.max(1, BLOCK_BYTES / header.frameBytes()));
        this.block = ByteBuffer.allocate(blockFrames * header.frameBytes()).order(header.order());
    }

    @Override
    public int sampleRate() {
        return header.sampleRate();
    }

    @Override
    public int channels() {
        return header.channels();
    }

    @Override
    public boolean isCoarse() {
        return header.format() == SampleFormat.PCM_8 || header.format() == SampleFormat.PCM_S8;
    }

    @Override
    public long frames() {
        return header.frames();
    }

    @Override
    public void read(long start, int count, float[][] out) throws IOException {
        int blockFrames = block.capacity() / header.frameBytes();
        for (int done = 0; done < count; done += blockFrames) {
            int frames = Math.min(blockFrames, count - done);
            block.clear().limit(frames * header.frameBytes());
            source.read(header.dataOffset() + (start + done) * header.frameBytes(), block);
            decode(frames, out, done);
        }
    }

    private void decode(int frames, float[][] out, int at) {
        SampleFormat format = header.format();
        for (int c = 0; c < header.channels(); c++) {
            int position = c * format.bytes();
            for (int i = 0; i < frames; i++) {
                out[c][at + i] = format.decode(block, position);
                position += header.frameBytes();
            }
        }
    }
}
