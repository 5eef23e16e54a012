package dev.parallax.audio.speech;

import dev.parallax.audio.Audio;
import java.util.List;

/// What can be said of a sound once it has been decoded, so that its samples need not be kept.
///
/// @param measures of it
/// @param doubts   what about it makes any answer unreliable, one line each (see [Audio#doubts])
public record MeasuredSound(RecordingMeasures measures, List<String> doubts) {

    public MeasuredSound {
        doubts = List.copyOf(doubts);
    }

    /// Measures a sound.
    public static MeasuredSound of(Audio audio) {
        return new MeasuredSound(RecordingMeasures.of(audio), audio.doubts());
    }
}
