package dev.parallax.cli.listen;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.PcmForm;
import dev.parallax.model.live.LiveStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A recording that is heard as if it were spoken now: in real time, or as fast as it is answered.
final class PlayedFile implements SoundInput {

    private final AudioFile file;
    private final boolean isFast;
    private long begin; // [System#nanoTime] of the first sample
    private long frames; // that were played

    PlayedFile(AudioFile file, boolean isFast) {
        this.file = file;
        this.isFast = isFast;
    }

    @Override
    public PcmForm form() {
        return PcmForm.float32(file.sampleRate());
    }

    @Override
    public byte @Nullable [] read() {
        if (frames >= file.frames()) {
            return null;
        }
        begin = frames == 0 ? System.nanoTime() : begin;
        Audio block = file.read(frames, Math.max(1, (int) (BLOCK * file.sampleRate())));
        frames += block.samples().length;
        if (!isFast) {
            await();
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * block.samples().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(block.samples());
        return bytes.array();
    }

    /// Waits until what was played would have been spoken.
    private void await() {
        try {
            Thread.sleep(Math.max(0, -late() / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// How long ago the last sample would have been spoken \[ns\]; below 0 where that is still to come.
    private long late() {
        return System.nanoTime() - begin - (long) (1e9 * frames / file.sampleRate());
    }

    @Override
    public boolean isBehind() {
        return !isFast && late() > LiveStream.STEP * 1e9;
    }

    @Override
    public void close() {
        file.close();
    }
}
