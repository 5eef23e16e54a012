package dev.parallax.model.live;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.PcmForm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The last seconds of a stream of samples. Memory is that of the window, however long the stream is.
///
/// Answer k, from 1 on, is due when floor(k · rate · step) frames have come; its window ends there, and begins `window`
/// seconds earlier or at the beginning of the stream.
final class SlidingWindow {

    private final PcmForm form;
    private final long windowFrames;
    private final int capacity; // bytes
    private byte[] ring; // grows up to the capacity, then turns
    private long written; // bytes of the stream
    private long due = 1; // the next answer

    SlidingWindow(PcmForm form, LiveSettings settings) {
        this.form = form;
        this.windowFrames = Math.round(settings.window() * form.sampleRate());
        long bytes = (windowFrames + 1) * form.frameBytes(); // a frame may be there in part
        if (bytes > settings.mostBytes()) {
            throw new BadInputException("audio: a window of " + settings.window() + " s, " + form.channels()
                    + " channels at " + form.sampleRate() + " Hz, has " + bytes + " bytes, at most "
                    + settings.mostBytes() + " are kept; give fewer seconds, ‹window›, or send one channel of 16 kHz");
        }
        this.capacity = (int) bytes;
        this.ring = new byte[Math.min(capacity, 1 << 12)];
    }

    /// How many bytes are missing until the next answer is due, at least 1.
    int missing() {
        return (int) (frameOf(due) * form.frameBytes() - written);
    }

    /// Takes bytes, at most [#missing].
    ///
    /// @return whether an answer is due now
    boolean add(byte[] bytes, int from, int count) {
        if (written + count > ring.length && ring.length < capacity) {
            ring = Arrays.copyOf(ring, (int) Math.min(capacity, Math.max(2L * ring.length, written + count)));
        }
        for (int done = 0; done < count; ) {
            int at = (int) (written % ring.length);
            int some = Math.min(count - done, ring.length - at);
            System.arraycopy(bytes, from + done, ring, at, some);
            written += some;
            done += some;
        }
        boolean isDue = written == frameOf(due) * form.frameBytes();
        due += isDue ? 1 : 0;
        return isDue;
    }

    private long frameOf(long answer) {
        return (long) (answer * (form.sampleRate() * LiveStream.STEP));
    }

    /// The window that ends with the last whole frame.
    ///
    /// @param text what was said in it, or null
    LiveWindow window(@Nullable String text) {
        long end = written / form.frameBytes();
        long start = Math.max(0, end - windowFrames);
        int bytes = (int) ((end - start) * form.frameBytes());
        byte[] wav = form.wav(bytes);
        for (int done = 0; done < bytes; ) {
            int from = (int) ((start * form.frameBytes() + done) % ring.length);
            int some = Math.min(bytes - done, ring.length - from);
            System.arraycopy(ring, from, wav, wav.length - bytes + done, some);
            done += some;
        }
        double rate = form.sampleRate();
        return new LiveWindow(start / rate, end / rate, bytes == 0 ? null : wav, text);
    }
}
