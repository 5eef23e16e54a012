package dev.parallax.model.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parallax.audio.Segment;
import dev.parallax.transcript.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which samples of a recording of ten seconds belong to a turn.
class TurnSoundTest {

    private static final int RATE = 1000;
    private static final int FRAMES = 10 * RATE;

    private static TurnSound of(@Nullable Span span) {
        return TurnSound.of(span, FRAMES, RATE);
    }

    @Test
    void of_timesWithin_areTheNearestSamples() {
        assertEquals(new TurnSound(new Segment(1000, 1345), List.of()), of(new Span(0.9996, 2.3449)));
        assertEquals(new TurnSound(new Segment(0, FRAMES), List.of()), of(new Span(0, 10)));
        assertEquals(new TurnSound(new Segment(0, FRAMES), List.of()), of(new Span(-0.0004, 10.0004)));
    }

    @Test
    void of_timesBeyondBothEnds_areCutAndSaid() {
        TurnSound sound = of(new Span(-1e308, 1e308));
        assertEquals(new Segment(0, FRAMES), sound.segment());
        assertEquals(
                List.of(
                        "the turn starts before the recording; it is heard from the first sample",
                        "the turn ends after the recording; it is heard to the last sample"),
                sound.remarks());
    }

    private static void assertNotHeard(String why, @Nullable Span span) {
        TurnSound sound = of(span);
        assertNull(sound.segment(), why);
        assertEquals(why + ", so nothing of it is heard", sound.remarks().getLast());
    }

    @Test
    void of_timesWithoutSound_sayWhy() {
        assertNotHeard("the turn has no times", null);
        assertNotHeard("the turn does not end after its start", new Span(2, 2));
        assertNotHeard("the turn does not end after its start", new Span(20, -1));
        assertNotHeard("the turn lies before the recording", new Span(-2, 0));
        assertNotHeard("the turn lies after the recording", new Span(10, 11));
        assertNotHeard("the turn has less than 0.1 s of sound", new Span(2, 2.099));
        assertNotHeard("the turn has less than 0.1 s of sound", new Span(9.95, 11));
    }
}
