package dev.parallax.audio.speech;

import dev.parallax.audio.source.AudioSource;
import java.util.List;
import java.util.stream.IntStream;

/// The windows of a recording that are used: of a long one, those in which somebody speaks.
public final class SpeechWindows {

    private SpeechWindows() {}

    /// Reads a recording of more than one window once to find them.
    ///
    /// @param seconds longest duration of a window [s]
    /// @return at least one
    public static List<AudioSource> of(AudioSource whole, double seconds) {
        List<AudioSource> windows = whole.windows(seconds);
        if (windows.size() == 1) {
            return windows;
        }
        boolean[] counts = RecordingMeasures.withSpeech(windows.stream()
                .map(window -> RecordingMeasures.of(window.read()))
                .toArray(RecordingMeasures[]::new));
        return IntStream.range(0, counts.length)
                .filter(i -> counts[i])
                .mapToObj(windows::get)
                .toList();
    }
}
