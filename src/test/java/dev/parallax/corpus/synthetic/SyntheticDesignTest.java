package dev.parallax.corpus.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticDesignTest {

    private static final SyntheticSettings DEFAULTS = SyntheticSettings.defaults(3);
    private static final List<Planned> PLAN = SyntheticDesign.of(DEFAULTS);

    @Test
    void of_defaults_hasTheQuotasOfEverySplitAndType() {
        int[][] expected = {{384, 384, 192, 0}, {96, 96, 48, 0}, {160, 160, 80, 0}};
        for (Split split : Split.values()) {
            for (Type type : Type.values()) {
                long found = count(PLAN, p -> p.split() == split && p.type() == type);
                int row = List.of(Split.values()).indexOf(split);
                int column = List.of(Type.values()).indexOf(type);
                assertEquals(expected[row][column], found, split + " " + type);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 100, 1000, 1600, 2468})
    void of_anySize_classesAreBalancedInEverySplitAndType(int size) {
        List<Planned> plan = SyntheticDesign.of(DEFAULTS.withSize(size).withSynergy(0.25));
        assertEquals(size, plan.size());
        for (Split split : Split.values()) {
            for (Type type : Type.values()) {
                long[] classes = new long[Symbol.CLASSES];
                plan.stream()
                        .filter(p -> p.split() == split && p.type() == type)
                        .forEach(p -> classes[p.emotion()]++);
                assertEquals(1, Arrays.stream(classes).distinct().count(), split + " " + type);
                double exact = size * split.share * DEFAULTS.withSynergy(0.25).share(type);
                assertEquals(exact, (double) Arrays.stream(classes).sum(), Symbol.CLASSES, split + " " + type);
            }
        }
    }

    @Test
    void of_defaults_exactlyTheErrorIsShownWrongly() {
        for (Split split : Split.values()) {
            for (Type type : List.of(Type.AUDIO, Type.TEXT, Type.BOTH)) {
                List<Planned> cell = PLAN.stream()
                        .filter(p -> p.split() == split && p.type() == type)
                        .toList();
                long expected = Math.round(DEFAULTS.error() * cell.size());
                long audio = count(cell, p -> p.audio() != Symbol.emotion(p.emotion()));
                long text = count(cell, p -> p.text() != Symbol.emotion(p.emotion()));
                assertEquals(type == Type.TEXT ? cell.size() : expected, audio, split + " " + type);
                assertEquals(type == Type.AUDIO ? cell.size() : expected, text, split + " " + type);
            }
        }
    }

    @Test
    void of_defaults_anUninformativePerspectiveIsNeutral() {
        assertTrue(PLAN.stream().allMatch(p -> (p.type() == Type.TEXT) == (p.audio() == Symbol.NEUTRAL)));
        assertTrue(PLAN.stream().allMatch(p -> (p.type() == Type.AUDIO) == (p.text() == Symbol.NEUTRAL)));
    }

    @Test
    void of_wrongSymbols_areSpreadOverTheOtherClasses() {
        List<Planned> plan = SyntheticDesign.of(DEFAULTS.withSize(40_000));
        long[] shifts = new long[Symbol.CLASSES];
        for (Planned p : plan) {
            for (int shift = 1; shift < Symbol.CLASSES; shift++) {
                shifts[shift] += p.audio() == Symbol.emotion((p.emotion() + shift) % Symbol.CLASSES) ? 1 : 0;
            }
        }
        double expected = 0.6 * 40_000 * DEFAULTS.error() / 3;
        for (int shift = 1; shift < Symbol.CLASSES; shift++) {
            assertEquals(expected, (double) shifts[shift], 5 * Math.sqrt(expected));
        }
    }

    @Test
    void of_defaults_splitsShareNoSpeakerAndUseAll() {
        Set<Integer> seen = new HashSet<>();
        int[] expected = {12, 3, 5};
        int i = 0;
        for (Split split : Split.values()) {
            Set<Integer> speakers = new HashSet<>(PLAN.stream()
                    .filter(p -> p.split() == split)
                    .map(Planned::speaker)
                    .toList());
            assertEquals(expected[i++], speakers.size());
            assertTrue(speakers.stream().allMatch(seen::add), "a speaker of " + split + " is in another split");
        }
        assertEquals(DEFAULTS.speakers(), seen.size());
    }

    @Test
    void of_synergy_theClassIsTheSumOfTheSignsAndNeitherTellsIt() {
        List<Planned> plan = SyntheticDesign.of(DEFAULTS.withSynergy(1));
        assertTrue(plan.stream().allMatch(p -> p.emotion() == (sign(p.audio()) + sign(p.text())) % Symbol.CLASSES));
        for (Split split : Split.values()) {
            List<Planned> part = plan.stream().filter(p -> p.split() == split).toList();
            assertTrue(bestFrom(part, Planned::audio) <= 0.26, split + " audio");
            assertTrue(bestFrom(part, Planned::text) <= 0.26, split + " text");
        }
    }

    private static int sign(Symbol symbol) {
        return List.of(Symbol.SIGN_0, Symbol.SIGN_1, Symbol.SIGN_2, Symbol.SIGN_3)
                .indexOf(symbol);
    }

    /// Accuracy of the best table from what a perspective shows to a class, on the very utterances it is made from.
    private static double bestFrom(List<Planned> plan, Function<Planned, Symbol> perspective) {
        long right = 0;
        for (Symbol symbol : Symbol.values()) {
            long most = 0;
            for (int y = 0; y < Symbol.CLASSES; y++) {
                int emotion = y;
                most = Math.max(most, count(plan, p -> perspective.apply(p) == symbol && p.emotion() == emotion));
            }
            right += most;
        }
        return (double) right / plan.size();
    }

    @Test
    void of_defaultsOnTest_tablesFromSymbolsReachTheCeilings() {
        List<Planned> test = PLAN.stream().filter(p -> p.split() == Split.TEST).toList();
        SyntheticCeilings ceilings = SyntheticCeilings.of(DEFAULTS);
        double audio = (double) count(test, p -> p.audio() == Symbol.emotion(p.emotion())) / test.size();
        assertEquals(ceilings.audio() - 0.1, audio, 1e-9);
        // the other tenth: a quarter of the 40 % that are neutral, whichever class one guesses
        assertEquals(0.1, 0.25 * count(test, p -> p.audio() == Symbol.NEUTRAL) / test.size(), 1e-9);
    }

    @Test
    void of_sameSeed_repeatsAndAnotherDiffers() {
        assertEquals(PLAN, SyntheticDesign.of(SyntheticSettings.defaults(3)));
        assertNotEquals(PLAN, SyntheticDesign.of(SyntheticSettings.defaults(4)));
    }

    private static long count(List<Planned> plan, Predicate<Planned> which) {
        return plan.stream().filter(which).count();
    }
}
