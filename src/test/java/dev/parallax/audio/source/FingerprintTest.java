package dev.parallax.audio.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.Voices;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final int RATE = 16000;
    private static final double SECONDS = 2;

    private static Fingerprint of(Audio audio) {
        return SoundFacts.of(audio, 1, List.of()).fingerprint();
    }

    /// Whether they are the same wherever the other starts.
    private static boolean alike(Fingerprint a, Fingerprint b) {
        return IntStream.range(-a.words().length, b.words().length).anyMatch(lag -> a.isSame(b, lag));
    }

    private static void assertAllKnown(String what, java.util.function.UnaryOperator<Audio> change) {
        for (int seed = 0; seed < 10; seed++) {
            Audio voice = Voices.of(seed, SECONDS, RATE, 0);
            assertTrue(alike(of(change.apply(voice)), of(voice)), what + " of voice " + seed);
        }
    }

    @Test
    void isSame_copyAtAnotherRate_isKnown() {
        for (int rate : new int[] {8000, 44100, 48000}) {
            assertAllKnown(
                    rate + " Hz", voice -> new Audio(Resampler.of(RATE, rate).resample(voice.samples()), rate));
        }
    }

    @Test
    void isSame_quietNoisyCopy_isKnown() {
        assertAllKnown("a quiet one", voice -> Voices.changed(voice, 0.1, 0));
        assertAllKnown("a noisy one", voice -> Voices.changed(voice, 0.3, 0.001));
    }

    @Test
    void isSame_silenceAround_isKnown() {
        for (int seed = 0; seed < 10; seed++) {
            Fingerprint voice = of(Voices.of(seed, SECONDS, RATE, 0));
            assertTrue(alike(of(Voices.of(seed, SECONDS, RATE, 0.507)), voice), "voice " + seed);
        }
    }

    @Test
    void isSame_otherVoices_neverAre() {
        List<Fingerprint> voices = IntStream.range(0, 25)
                .mapToObj(seed -> of(Voices.of(seed, SECONDS, RATE, 0)))
                .toList();
        for (int a = 0; a < voices.size(); a++) {
            for (int b = 0; b < a; b++) {
                assertFalse(alike(voices.get(a), voices.get(b)), a + " and " + b);
            }
        }
    }

    @Test
    void tells_silenceAndSyllables_doNot() {
        assertFalse(of(new Audio(new float[RATE], RATE)).tells(), "silence");
        assertFalse(of(Voices.of(1, 0.2, RATE, 0)).tells(), "a syllable");
        assertFalse(of(Voices.of(1, SECONDS, 4000, 0)).tells(), "a rate below the bands");
        assertTrue(of(Voices.of(1, SECONDS, RATE, 0)).tells());
    }

    @Test
    void code_choices_turnTheUncertainBits() {
        double[] slopes = new double[Fingerprint.BITS];
        for (int bit = 0; bit < slopes.length; bit++) {
            slopes[bit] = bit % 2 == 0 ? bit + 1 : -bit - 1;
        }
        Fingerprint print = new Fingerprint(Fingerprint.word(slopes, true));
        assertEquals(0b0101_0101_0101_0101, print.code(0));
        assertEquals(print.code(0), print.code(0, 0));
        assertEquals(print.code(0) ^ 0b111, print.code(0, Fingerprint.choices() - 1));
        assertTrue(print.isAudible(0));
    }
}
