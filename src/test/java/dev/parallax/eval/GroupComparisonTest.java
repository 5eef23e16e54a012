package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.random.RandomStream;
import dev.parallax.report.ColumnSection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupComparisonTest {

    /// Speakers 0 to n-1, each with one utterance of class 0, right where he or she is in the first `right`.
    private static GroupComparison of(List<String> groups, int right) {
        int n = groups.size();
        int[] predicted = IntStream.range(0, n).map(i -> i < right ? 0 : 1).toArray();
        return GroupComparison.of("sex", new int[n], predicted, 2, groups, Clusters.single(n), 1);
    }

    private static List<String> halves(int each) {
        return IntStream.range(0, 2 * each)
                .mapToObj(i -> i < each ? "female" : "male")
                .toList();
    }

    /// A gap of nothing is not said to be one group above itself.
    @Test
    void gapLines_allGroupsAlike_sayThatThereIsNone() {
        assertEquals(
                List.of(
                        "No gap in UA by sex: all groups have the same score.",
                        "No gap in WA by sex: all groups have the same score."),
                ColumnSection.gapLines(of(halves(5), 10)));
    }

    /// All of 5 women are right, no man is. Of the C(10, 5) = 252 ways to choose 5 women, that and its mirror have the
    /// gap 1.
    @Test
    void of_tenSpeakersInTwoGroups_countsAllArrangements() {
        GroupComparison comparison = of(halves(5), 5);
        GroupGap gap = comparison.gaps().getFirst();
        assertEquals(new GroupGap("UA", 1, "female", "male", 2 / 252.0, 2 / 252.0, 252, true, 2 / 252.0), gap);
        assertTrue(comparison.isNested());
        GroupScore women = comparison.groups().getFirst();
        assertEquals(List.of("female", 5, 5), List.of(women.name(), women.utterances(), women.speakers()));
        assertEquals(1, women.unweightedAccuracy().estimate());
    }

    /// 4 of 5 women and 1 of 5 men: with 5 right ones, as far are 5, 4, 1 and 0 right women: 2 (1 + 5 · 5) of 252.
    @Test
    void of_smallerGap_countsAllThatAreAsLarge() {
        int[] predicted = {0, 0, 0, 0, 1, 0, 1, 1, 1, 1};
        GroupComparison comparison =
                GroupComparison.of("sex", new int[10], predicted, 2, halves(5), Clusters.single(10), 1);
        assertEquals(52 / 252.0, comparison.gaps().getFirst().p(), 1e-15);
        assertEquals(0.6, comparison.gaps().getFirst().size(), 1e-12);
    }

    /// Two of each: 6 ways, the smallest p is 2 / 6.
    @Test
    void of_tooFewSpeakers_givesNoP() {
        GroupGap gap = of(halves(2), 2).gaps().getFirst();
        assertFalse(gap.isTested());
        assertEquals(2 / 6.0, gap.smallestP(), 1e-15);
        assertEquals(1, gap.size());
    }

    /// Each arrangement of groups of one speaker has the same gap.
    @Test
    void of_speakersThemselves_givesNoP() {
        List<String> names = IntStream.range(0, 12).mapToObj(Integer::toString).toList();
        GroupGap gap = of(names, 6).gaps().getFirst();
        assertFalse(gap.isTested());
        assertEquals(1, gap.smallestP());
    }

    /// Of 2 · 20 speakers all women and no man are right: no sampled arrangement has such a gap.
    @Test
    void of_moreThanCanBeCounted_samples() {
        GroupGap gap = of(halves(20), 20).gaps().getFirst();
        assertFalse(gap.exact());
        assertEquals(10_000, gap.arrangements());
        assertEquals(1e-4, gap.p(), 1e-12);
    }

    /// Each of 6 speakers is right in the quiet and wrong in the noise. Each has 2 ways: 64, of which that and its
    /// mirror are as far. Speakers do not change places with others.
    @Test
    void of_groupsWithinSpeakers_movesWithinSpeakers() {
        List<String> groups = IntStream.range(0, 12)
                .mapToObj(i -> i % 2 == 0 ? "quiet" : "noisy")
                .toList();
        int[] predicted = IntStream.range(0, 12).map(i -> i % 2).toArray();
        Clusters speakers =
                Clusters.of(IntStream.range(0, 12).mapToObj(i -> "s" + i / 2).toList());
        GroupComparison comparison = GroupComparison.of("room", new int[12], predicted, 2, groups, speakers, 1);
        assertFalse(comparison.isNested());
        assertEquals(2 / 64.0, comparison.gaps().getFirst().p(), 1e-15);
        assertEquals("quiet", comparison.gaps().getFirst().highest());
    }

    /// As many groups as speakers, many: the smallest p is found without comparing each group with each other one.
    @Test
    void of_thousandsOfGroups_givesNoP() {
        List<String> names =
                IntStream.range(0, 4000).mapToObj(Integer::toString).toList();
        assertEquals(1, of(names, 2000).gaps().getFirst().smallestP());
    }

    /// Two speakers in each of 3 rooms, once each: 3!² = 36 ways, of which the 3! that rename the rooms alike have the
    /// same gap.
    @Test
    void of_severalGroupsWithinSpeakers_countsRenamings() {
        List<String> groups = List.of("a", "b", "c", "a", "b", "c");
        GroupGap gap = GroupComparison.of(
                        "room",
                        new int[6],
                        new int[] {0, 1, 1, 0, 1, 1},
                        2,
                        groups,
                        Clusters.of(List.of("s", "s", "s", "t", "t", "t")),
                        1)
                .gaps()
                .getFirst();
        assertEquals(36, gap.arrangements());
        assertEquals(6 / 36.0, gap.smallestP(), 1e-15);
        assertFalse(gap.isTested());
    }

    @Test
    void of_oneGroup_hasNoGap() {
        assertEquals(List.of(), of(List.of("a", "a", "a"), 1).gaps());
    }

    /// Both scores of two columns: 4 p-values of 2 / 252, the smallest times 4.
    @Test
    void adjusted_twoColumns_isHolmOverAll() {
        GroupComparison comparison = of(halves(5), 5);
        List<GroupComparison> both = GroupComparison.adjusted(Arrays.asList(comparison, of(halves(2), 2), comparison));
        assertEquals(8 / 252.0, both.getFirst().gaps().getFirst().adjustedP(), 1e-15);
        assertFalse(both.get(1).gaps().getFirst().isTested());
        assertEquals(8 / 252.0, both.get(2).gaps().getLast().adjustedP(), 1e-15);
    }

    /// If groups do not matter, p <= 0.05 comes in about 5 % of the cases, or less.
    @Test
    void of_noDifference_isRarelyCalledOne() {
        int called = 0;
        for (int trial = 0; trial < 200; trial++) {
            RandomStream random = new RandomStream(7, 0, 1, trial);
            int[] predicted =
                    IntStream.range(0, 100).map(i -> random.nextInt(2)).toArray();
            List<String> groups =
                    IntStream.range(0, 100).mapToObj(i -> i < 50 ? "a" : "b").toList();
            Clusters speakers = Clusters.of(
                    IntStream.range(0, 100).mapToObj(i -> "s" + i / 10).toList());
            GroupGap gap = GroupComparison.of("g", new int[100], predicted, 2, groups, speakers, 1)
                    .gaps()
                    .getLast();
            called += gap.p() <= 0.05 ? 1 : 0;
        }
        assertTrue(called <= 20, called + " of 200");
    }
}
