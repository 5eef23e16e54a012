package dev.parallax.audio.pitch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Framing;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PitchTrackerTest {

    private static final Framing FRAMING = new Framing(400, 160, Framing.Edges.SNIP);
    private static final PitchTracker TRACKER = new PitchTracker(Pitch.STANDARD, 16000);

    /// Harmonics of equal strength up to 4 kHz.
    private static float[] buzz(double hz, int rate, double seconds) {
        float[] x = new float[(int) (seconds * rate)];
        for (int k = 1; k * hz < Math.min(4000, rate / 2.0); k++) {
            for (int i = 0; i < x.length; i++) {
                x[i] += (float) (0.02 * Math.cos(2 * Math.PI * k * hz * i / rate + k * k));
            }
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(doubles = {62, 80.5, 123.4, 220, 333.3, 440, 590})
    void track_buzzOfKnownPitch_isWithinATenthOfAPercent(double hz) {
        PitchTrack track = TRACKER.track(buzz(hz, 16000, 0.5), FRAMING, 1);
        for (int t = 3; t < track.frames() - 3; t++) {
            assertEquals(hz, track.hz()[t], 1e-3 * hz, "frame " + t);
            assertTrue(track.voicing()[t] > 0.99, "frame " + t + " " + track.voicing()[t]);
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, 200, 80", "22050, 2048, 512", "48000, 1200, 480"})
    void track_otherRatesAndFrames_findTheSamePitch(int rate, int frameLength, int hopLength) {
        Framing framing = new Framing(frameLength, hopLength, Framing.Edges.CENTERED);
        PitchTrack track = new PitchTracker(Pitch.STANDARD, rate).track(buzz(200, rate, 0.6), framing, 1);
        assertEquals(framing.frames((int) (0.6 * rate)), track.frames());
        for (int t = track.frames() / 4; t < 3 * track.frames() / 4; t++) {
            assertEquals(200, track.hz()[t], 0.4);
        }
    }

    @Test
    void track_missingFundamental_isStillFound() {
        float[] x = new float[8000];
        for (int k = 3; k <= 8; k++) {
            for (int i = 0; i < x.length; i++) {
                x[i] += (float) (0.1 * Math.cos(2 * Math.PI * 150 * k * i / 16000 + k));
            }
        }
        PitchTrack track = TRACKER.track(x, FRAMING, 1);
        for (int t = 3; t < track.frames() - 3; t++) {
            assertEquals(150, track.hz()[t], 0.3);
        }
    }

    @Test
    void track_noise_isUnvoiced() {
        RandomStream random = new RandomStream(5, 0, 1, 0);
        float[] x = new float[16000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.1 * random.nextGaussian());
        }
        PitchTrack track = TRACKER.track(x, FRAMING, 1);
        int voiced = 0;
        for (int t = 0; t < track.frames(); t++) {
            voiced += track.voiced(t) ? 1 : 0;
            assertTrue(track.voicing()[t] >= 0 && track.voicing()[t] < 0.6);
        }
        assertEquals(0, voiced);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 399, 400, 5000})
    void track_silenceOrConstant_isUnvoicedAndFinite(int length) {
        for (float level : new float[] {0, 0.5f}) {
            float[] x = new float[length];
            Arrays.fill(x, level);
            PitchTrack track = TRACKER.track(x, FRAMING, 1);
            assertEquals(FRAMING.frames(length), track.frames());
            for (int t = 0; t < track.frames(); t++) {
                assertEquals(0, track.hz()[t]);
                assertTrue(track.voicing()[t] >= 0 && track.voicing()[t] <= 1);
            }
        }
    }

    /// Every other period is weaker: the autocorrelation is a little higher at twice the period, and in the
    /// middle much so for a few frames only.
    @Test
    void track_alternatingPeriodsForAMoment_doesNotFallByAnOctave() {
        float[] x = new float[16000];
        for (int i = 0, pulse = 0; i < x.length; i += 80, pulse++) {
            boolean rough = i > 7400 && i < 8600;
            for (int k = 0; k < 60 && i + k < x.length; k++) {
                double strength = pulse % 2 == 0 || !rough ? 1 : 0.75;
                x[i + k] += (float) (0.4 * strength * Math.exp(-k / 12.0) * Math.sin(0.7 * k));
            }
        }
        PitchTrack track = TRACKER.track(x, FRAMING, 1);
        for (int t = 3; t < track.frames() - 3; t++) {
            assertEquals(200, track.hz()[t], 4, "frame " + t);
        }
    }

    @Test
    void semitones_unvoicedStretches_areBridgedByLines() {
        float[] hz = {0, 110, 0, 0, 0, 220, 0};
        float[] expected = {24, 24, 27, 30, 33, 36, 36};
        assertArrayEquals(expected, new PitchTrack(hz, new float[7]).semitones(100), 1e-5f);
        assertArrayEquals(new float[] {24, 24}, new PitchTrack(new float[2], new float[2]).semitones(110), 1e-5f);
    }

    @Test
    void constructor_settingsThatDoNotFit_areRefused() {
        assertTrue(Refusal.of(() -> new PitchTracker(Pitch.STANDARD, 2000)).contains("at least 2400.0 Hz"));
        assertTrue(Refusal.of(() -> new Pitch(300, 200, 0.45, 0.03, 0.01, 0.35, 0.14))
                .contains("10 <= minHz < maxHz"));
        assertTrue(Refusal.of(() -> new Pitch(60, 600, 1.5, 0.03, 0.01, 0.35, 0.14))
                .contains("voicingThreshold 1.5"));
    }
}
