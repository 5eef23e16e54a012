package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.pitch.Pitch;
import dev.parallax.audio.pitch.PitchCandidates;
import dev.parallax.audio.pitch.PitchPath;
import dev.parallax.audio.pitch.PitchTrack;
import org.junit.jupiter.api.Test;

/// The small numbers of `docs/prosody.md`.
class ProsodyChapterTest {

    @Test
    void strength_twoCandidates_areAsPrinted() {
        double cost = Pitch.STANDARD.octaveCost();
        double minHz = Pitch.STANDARD.minHz();
        assertEquals(0.96737, 0.950 + cost * Math.log(200 / minHz) / Math.log(2), 5e-6);
        assertEquals(0.96237, 0.955 + cost * Math.log(100 / minHz) / Math.log(2), 5e-6);
        PitchCandidates candidates = new PitchCandidates(Pitch.STANDARD, 1, 5, 0.01);
        candidates.begin(0, Pitch.STANDARD.voicingThreshold());
        candidates.add(0, 200, 0.950);
        candidates.add(0, 100, 0.955);
        assertEquals(200, new PitchPath(Pitch.STANDARD, candidates, 0.01).best().hz()[0]);
    }

    @Test
    void path_oneFrameAnOctaveTooLow_isOverruled() {
        PitchCandidates candidates = new PitchCandidates(Pitch.STANDARD, 3, 5, 0.01);
        for (int t = 0; t < 3; t++) {
            candidates.begin(t, Pitch.STANDARD.voicingThreshold());
            candidates.add(t, 200, t == 1 ? 0.6 : 0.95);
            candidates.add(t, 100, t == 1 ? 0.9 : 0.7);
        }
        for (float hz : new PitchPath(Pitch.STANDARD, candidates, 0.01).best().hz()) {
            assertEquals(200, hz);
        }
    }

    @Test
    void semitones_ofTwoPitches_areAsPrinted() {
        float[] semitones = new PitchTrack(new float[] {110, 220}, new float[2]).semitones(100);
        assertEquals(24, semitones[0], 1e-5);
        assertEquals(36, semitones[1], 1e-5);
    }

    @Test
    void functionals_squares_areAsPrinted() {
        ColumnSummary squares = new ColumnSummary(new double[] {1, 4, 9, 16, 25}, 0.01);
        assertEquals(11, squares.of(Functional.MEAN), 1e-9);
        assertEquals(8.64870, squares.of(Functional.DEVIATION), 5e-6);
        assertEquals(0.46930, squares.of(Functional.SKEWNESS), 5e-6);
        assertEquals(1.83941, squares.of(Functional.KURTOSIS), 5e-6);
        assertEquals(600, squares.of(Functional.SLOPE), 1e-9);
        assertEquals(-1, squares.of(Functional.OFFSET), 1e-9);
        assertEquals(2.8, squares.of(Functional.LINE_ERROR), 1e-9);
        assertEquals(4, squares.of(Functional.QUARTILE_1));
        assertEquals(9, squares.of(Functional.MEDIAN));
        assertEquals(16, squares.of(Functional.QUARTILE_3));
        assertEquals(384, FeatureConfig.preset("is09").size());
        assertEquals(576, FeatureConfig.preset("functionals").size());
    }
}
