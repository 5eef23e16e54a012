package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.AudioFile;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.LongStream;

/// A recording that is read in windows, so that its length does not matter to the memory.
final class Recording {

    private interface Reader {
        Audio read(long start, int count);
    }

    private final long frames;
    private final int sampleRate;
    private final Reader reader;

    private Recording(long frames, int sampleRate, Reader reader) {
        if (frames == 0) {
            throw new BadInputException("predict: the recording holds no samples; record it again");
        }
        this.frames = frames;
        this.sampleRate = sampleRate;
        this.reader = reader;
    }

    static Recording of(Audio audio) {
        return new Recording(
                audio.samples().length,
                audio.sampleRate(),
                (start, count) -> new Audio(
                        Arrays.copyOfRange(audio.samples(), (int) start, (int) start + count), audio.sampleRate()));
    }

    static Recording of(AudioFile file) {
        return new Recording(file.frames(), file.sampleRate(), file::read);
    }

    /// The whole as equal windows, as few as are needed for none to be longer than `seconds`.
    Iterable<Audio> windows(double seconds) {
        long longest = (long) (seconds * sampleRate);
        long count = (frames + longest - 1) / longest;
        return () -> windows(count);
    }

    private Iterator<Audio> windows(long count) {
        return LongStream.range(0, count)
                .mapToObj(i -> {
                    long from = frames * i / count;
                    return reader.read(from, (int) (frames * (i + 1) / count - from));
                })
                .iterator();
    }
}
