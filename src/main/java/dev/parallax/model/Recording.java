package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.EqualWindows;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.speech.RecordingMeasures;
import java.util.stream.IntStream;

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
                audio.samples().length, audio.sampleRate(), (start, count) -> audio.part((int) start, count));
    }

    static Recording of(AudioFile file) {
        return new Recording(file.frames(), file.sampleRate(), file::read);
    }

    /// How many windows it has, none longer than `seconds`.
    int count(double seconds) {
        return EqualWindows.of(frames, sampleRate, seconds).count();
    }

    /// The whole as equal windows, none longer than `seconds`, read one by one; of several those with speech.
    Iterable<Audio> windowsWithSpeech(double seconds) {
        EqualWindows windows = EqualWindows.of(frames, sampleRate, seconds);
        boolean[] counts = windows.count() == 1
                ? new boolean[] {true}
                : RecordingMeasures.withSpeech(IntStream.range(0, windows.count())
                        .mapToObj(i -> RecordingMeasures.of(window(windows, i)))
                        .toArray(RecordingMeasures[]::new));
        return () -> IntStream.range(0, windows.count())
                .filter(i -> counts[i])
                .mapToObj(i -> window(windows, i))
                .iterator();
    }

    private Audio window(EqualWindows windows, int i) {
        return reader.read(windows.start(i), windows.length());
    }
}
