package dev.parallax.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import org.junit.jupiter.api.Test;

class AudioTest {

    @Test
    void audio_arrayThatIsFilledAnew_keepsItsSamples() {
        float[] buffer = {0.5f, -0.5f};
        Audio audio = new Audio(buffer, 2);
        buffer[1] = Float.NaN;
        assertArrayEquals(new float[] {0.5f, -0.5f}, audio.samples());
    }

    @Test
    void audio_wrongSampleOrRate_isRefusedWithItsPlace() {
        assertEquals(
                "audio: sample 3 (at 1.500 s) is NaN, must be a finite number; mend what made it",
                Refusal.of(() -> new Audio(new float[] {0, 0, 0, Float.NaN}, 2)));
        assertEquals("audio: sample rate is 0 Hz, must be at least 1", Refusal.of(() -> new Audio(new float[1], 0)));
    }

    @Test
    void part_thatDoesNotLieWithin_isRefused() {
        Audio audio = new Audio(new float[5], 16_000);
        assertEquals(2, audio.part(3, 2).samples().length);
        assertEquals(
                "audio: samples 3 to 5 asked for, it has 5; ask for a part within", Refusal.of(() -> audio.part(3, 3)));
        assertEquals(
                "audio: samples -1 to 1 asked for, it has 5; ask for a part within",
                Refusal.of(() -> audio.part(-1, 3)));
    }

    @Test
    void segment_beforeTheRecording_isRefused() {
        assertEquals(5, new Segment(2, 3).end());
        assertEquals(
                "segment: starts at sample -1 and has 3, must start at 0 or later and have 0 or more",
                Refusal.of(() -> new Segment(-1, 3)));
        assertEquals(
                "segment: starts at sample 0 and has -3, must start at 0 or later and have 0 or more",
                Refusal.of(() -> new Segment(0, -3)));
    }
}
