package dev.parallax.model.turns;

import dev.parallax.audio.Segment;
import dev.parallax.transcript.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stretch of a recording in which a turn is heard.
///
/// @param segment of the recording; null where nothing of it is heard
/// @param remarks why, or what was put right, one line each
record TurnSound(@Nullable Segment segment, List<String> remarks) {

    /// The shortest stretch that is heard [s]: a short syllable.
    static final double LEAST_SECONDS = 0.1;

    private static final String NOT_HEARD = ", so nothing of it is heard";

    TurnSound {
        remarks = List.copyOf(remarks);
    }

    /// From the times of a turn. What is beyond either end of the recording is cut off.
    ///
    /// @param span       the times, or null
    /// @param frames     samples of the recording
    /// @param sampleRate of it [Hz]
    static TurnSound of(@Nullable Span span, long frames, int sampleRate) {
        if (span == null) {
            return new TurnSound(null, List.of("the turn has no times" + NOT_HEARD));
        }
        if (span.isReversed()) {
            return new TurnSound(null, List.of("the turn does not end after its start" + NOT_HEARD));
        }
        long start = Math.round(span.start() * sampleRate);
        long end = Math.round(span.end() * sampleRate);
        if (end <= 0 || start >= frames) {
            return new TurnSound(
                    null, List.of("the turn lies " + (end <= 0 ? "before" : "after") + " the recording" + NOT_HEARD));
        }
        List<String> remarks = new ArrayList<>();
        if (start < 0) {
            remarks.add("the turn starts before the recording; it is heard from the first sample");
        }
        if (end > frames) {
            remarks.add("the turn ends after the recording; it is heard to the last sample");
        }
        long from = Math.max(0, start);
        long length = Math.min(frames, end) - from;
        if (length < LEAST_SECONDS * sampleRate) {
            remarks.add("the turn has less than " + LEAST_SECONDS + " s of sound" + NOT_HEARD);
        }
        return new TurnSound(length < LEAST_SECONDS * sampleRate ? null : new Segment(from, length), remarks);
    }
}
