package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.random.RandomStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValidationGapTest {

    private static Clusters speakers(int count, int each) {
        return Clusters.of(
                IntStream.range(0, count * each).mapToObj(i -> "s" + i / each).toList());
    }

    /// Answers to utterances of speakers who differ, right with this probability on average.
    private static RepeatedPredictions answers(RandomStream random, Clusters clusters, double right, double differ) {
        int[] predicted = new int[clusters.utterances()];
        for (int g = 0; g < clusters.count(); g++) {
            double own = right + random.uniform(-differ, differ);
            for (int i : clusters.members(g)) {
                predicted[i] = random.nextDouble() < own ? 0 : 1;
            }
        }
        return RepeatedPredictions.of(new int[clusters.utterances()], List.of(predicted), 2);
    }

    private static ValidationGap gap(RandomStream random, int speakers, double validation, double test) {
        Clusters first = speakers(speakers, 10);
        Clusters second = speakers(2 * speakers, 10);
        return ValidationGap.of(
                answers(random, first, validation, 0.02), first, answers(random, second, test, 0.2), second, 1);
    }

    @Test
    void of_partThatWasSeen_isSuspicious() {
        ValidationGap gap = gap(new RandomStream(2, 0, 0, 0), 18, 0.98, 0.77);
        assertTrue(gap.isSuspicious(), gap.toString());
        assertTrue(warning(gap).startsWith("VALIDATION AND TEST PART COMPANY"));
        assertTrue(warning(gap).contains("vectors were made with a model trained on these labels"));
        assertTrue(warning(gap).contains("threshold of sure answers"), "it chose that, too");
        assertTrue(warning(gap).contains("do not trust the probabilities, nor what is called sure"));
    }

    private static String warning(ValidationGap gap) {
        return Objects.requireNonNullElse(gap.warning(), "none");
    }

    /// As many utterances of two speakers show nothing: other speakers differ as much. It is told that they cannot.
    @Test
    void of_twoSpeakers_isLeftOpen() {
        Clusters two = speakers(2, 90);
        RandomStream random = new RandomStream(3, 0, 0, 0);
        ValidationGap gap =
                ValidationGap.of(answers(random, two, 0.98, 0.02), two, answers(random, two, 0.7, 0.02), two, 1);
        assertTrue(gap.validation() - gap.test() > 0.2);
        assertEquals(1 / 6.0, gap.p(), 0.02);
        assertEquals(1 / 6.0, gap.leastP(), 1e-12);
        assertFalse(gap.isSuspicious());
        assertTrue(warning(gap).contains("may be chance (p cannot be below 0.167)"), gap.toString());
    }

    /// Speakers differ: two that are somewhat better are no matter.
    @Test
    void of_twoSpeakersSomewhatBetter_saysNothing() {
        Clusters two = speakers(2, 90);
        RandomStream random = new RandomStream(4, 0, 0, 0);
        ValidationGap gap =
                ValidationGap.of(answers(random, two, 0.85, 0.02), two, answers(random, two, 0.7, 0.02), two, 1);
        assertTrue(gap.validation() - gap.test() > ValidationGap.LEAST, gap.toString());
        assertEquals("none", warning(gap));
    }

    @Test
    void of_partsAlike_areSeldomSuspicious() {
        long warned = IntStream.range(0, 40)
                .filter(trial ->
                        gap(new RandomStream(5, 0, 0, trial), 12, 0.7, 0.7).isSuspicious())
                .count();
        assertEquals(0, warned);
    }

    @Test
    void of_smallDifference_isNotLookedInto() {
        ValidationGap gap = gap(new RandomStream(2, 0, 0, 0), 60, 0.80, 0.75);
        assertTrue(Double.isNaN(gap.p()), gap.toString());
        assertFalse(gap.isSuspicious());
    }
}
