package dev.parallax.corpus.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SyntheticCeilingsTest {

    private static final double EXACT = 1e-12;

    @Test
    void of_defaults_equalsClosedForms() {
        SyntheticCeilings ceilings = SyntheticCeilings.of(SyntheticSettings.defaults(1));
        assertEquals(0.67, ceilings.audio(), EXACT);
        assertEquals(0.67, ceilings.text(), EXACT);
        assertEquals(0.95, ceilings.fused(), EXACT);
        assertEquals(0.95, ceilings.additive(), EXACT);
    }

    @Test
    void of_unequalProportions_equalsClosedForms() {
        double error = 0.1;
        SyntheticSettings settings = new SyntheticSettings(1, 400, 0.5, 0.2, 0.3, error, 0, 20, 16000, 0.8, 1.6);
        SyntheticCeilings ceilings = SyntheticCeilings.of(settings);
        assertEquals(0.8 * (1 - error) + 0.2 / 4, ceilings.audio(), EXACT);
        assertEquals(0.5 * (1 - error) + 0.5 / 4, ceilings.text(), EXACT);
        assertEquals(1 - error, ceilings.fused(), EXACT);
    }

    @Test
    void of_errorAtChance_allAreChance() {
        SyntheticSettings settings = new SyntheticSettings(1, 400, 0.4, 0.4, 0.2, 0.75, 0, 20, 16000, 0.8, 1.6);
        SyntheticCeilings ceilings = SyntheticCeilings.of(settings);
        assertEquals(0.25, ceilings.audio(), EXACT);
        assertEquals(0.25, ceilings.text(), EXACT);
        assertEquals(0.25, ceilings.fused(), EXACT);
    }

    @Test
    void of_synergy_takesFromOnePerspectiveAndFromAdditiveFusion() {
        double share = 0.5;
        SyntheticCeilings none = SyntheticCeilings.of(SyntheticSettings.defaults(1));
        SyntheticCeilings some =
                SyntheticCeilings.of(SyntheticSettings.defaults(1).withSynergy(share));
        assertEquals((1 - share) * none.audio() + share / 4, some.audio(), EXACT);
        assertEquals((1 - share) * none.text() + share / 4, some.text(), EXACT);
        assertEquals((1 - share) * none.fused() + share, some.fused(), EXACT);
        assertEquals((1 - share) * none.fused() + share * 0.75, some.additive(), EXACT);
    }

    @Test
    void of_synergyAlone_onePerspectiveIsChanceAndThePairIsCertain() {
        SyntheticCeilings ceilings =
                SyntheticCeilings.of(SyntheticSettings.defaults(1).withSynergy(1));
        assertEquals(0.25, ceilings.audio(), EXACT);
        assertEquals(0.25, ceilings.text(), EXACT);
        assertEquals(1, ceilings.fused(), EXACT);
        assertEquals(0.75, ceilings.additive(), EXACT);
    }

    /// These scores, for the audio sign i and again for the text sign j, solve 12 of the 16 pairs: the bound is
    /// reached.
    @Test
    void additive_knownScores_solveThreeQuartersOfThePairs() {
        int[][] scores = {{-3, -6, 6, 3}, {-1, -6, 4, 3}, {2, 0, -2, 0}, {3, 6, -7, -2}};
        int solved = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                solved += onlyBest(scores[i], scores[j]) == (i + j) % 4 ? 1 : 0;
            }
        }
        assertEquals(12, solved);
    }

    /// The class with the largest sum of scores, or -1 when two share it.
    private static int onlyBest(int[] f, int[] g) {
        int best = -1;
        int largest = Integer.MIN_VALUE;
        for (int y = 0; y < f.length; y++) {
            int score = f[y] + g[y];
            if (score >= largest) {
                best = score == largest ? -1 : y;
                largest = score;
            }
        }
        return best;
    }

    @Test
    void standardError_knownCase_isThatOfAProportion() {
        assertEquals(0.025, SyntheticCeilings.standardError(0.5, 400), EXACT);
        assertEquals(0, SyntheticCeilings.standardError(1, 400), EXACT);
    }
}
