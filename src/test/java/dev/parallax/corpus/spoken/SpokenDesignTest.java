package dev.parallax.corpus.spoken;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenDesignTest {

    private static final SpokenSettings SETTINGS = SpokenSettings.defaults(3).with("size", "1000");

    @Test
    void of_sharesOfRelationsAndConditions_areMet() {
        List<Planned> planned = SpokenDesign.of(SETTINGS);
        assertEquals(1000, planned.size());
        Map<Relation, Long> relations =
                planned.stream().collect(Collectors.groupingBy(Planned::relation, Collectors.counting()));
        assertEquals(
                Map.of(
                        Relation.AGREE, 300L,
                        Relation.TEXT_ONLY, 200L,
                        Relation.AUDIO_ONLY, 200L,
                        Relation.CONFLICT, 150L,
                        Relation.IRONY, 150L),
                relations);
        for (Relation relation : Relation.values()) {
            long noisy = planned.stream()
                    .filter(one -> one.relation() == relation && one.condition() == Condition.NOISY)
                    .count();
            assertEquals(0.2 * relations.getOrDefault(relation, 0L).intValue(), (double) noisy, 1, relation.word());
        }
    }

    @Test
    void of_classes_areEquallyFrequent() {
        Map<String, Long> classes = SpokenDesign.of(SETTINGS).stream()
                .collect(Collectors.groupingBy(Planned::emotion, Collectors.counting()));
        assertEquals(new HashSet<>(Emotions.ALL), classes.keySet());
        classes.forEach((emotion, count) -> assertEquals(200.0, (double) count, 3, emotion));
    }

    @Test
    void of_everyUtterance_showsWhatItsRelationSays() {
        for (Planned one : SpokenDesign.of(SETTINGS)) {
            boolean tone = one.tone().word().equals(one.emotion());
            boolean words = one.words().equals(one.emotion());
            boolean right = switch (one.relation()) {
                case AGREE -> tone && words;
                case TEXT_ONLY -> one.tone() == Tone.NEUTRAL && words;
                case AUDIO_ONLY -> tone && one.words().equals(Emotions.NEUTRAL);
                case CONFLICT -> tone && !words && !one.words().equals(Emotions.NEUTRAL);
                case IRONY ->
                    one.tone() == Tone.IRONY
                            && Set.of(one.words(), one.emotion()).equals(Set.of("anger", "joy"));
            };
            assertTrue(right, one.toString());
        }
    }

    @Test
    void of_sameSeed_isTheSame_andAnotherIsNot() {
        assertEquals(SpokenDesign.of(SETTINGS), SpokenDesign.of(SETTINGS));
        assertTrue(!SpokenDesign.of(SETTINGS).equals(SpokenDesign.of(SETTINGS.with("seed", "4"))));
    }

    @Test
    void quotas_addUpToTheTotal() {
        assertArrayEquals(new int[] {4, 3, 3}, SpokenDesign.quotas(new double[] {1, 1, 1}, 10));
        assertArrayEquals(new int[] {0, 7, 0}, SpokenDesign.quotas(new double[] {0, 0.1, 0}, 7));
    }

    @Test
    void settings_outOfRange_areRefusedByName() {
        assertRefused("size", "99", "spoken corpus: size is 99, must lie in 100..50000");
        assertRefused("noisy", "0.9", "noisy + garbled + noAudio + noText is 1.1, must be at most 1");
        assertRefused("ironie", "1", "did you mean \"irony\"?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"agree", "textOnly", "audioOnly", "conflict", "irony", "noisy", "garbled", "noAudio", "noText"})
    void settings_shareOutOfRange_isNamed(String key) {
        assertRefused(key, "-1", key + " is -1, must lie in 0..1");
    }

    private static void assertRefused(String key, String value, String message) {
        BadInputException refusal = assertThrows(
                BadInputException.class, () -> SpokenSettings.defaults(1).with(key, value));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }

    @Test
    void ceilings_withoutIrony_leaveNothingToAdd() {
        SpokenSettings adding = SETTINGS.with("irony", "0");
        SpokenCeilings ceilings = SpokenCeilings.of(adding);
        assertEquals(ceilings.both(), ceilings.additive(), 1e-12);
        assertTrue(ceilings.both() > ceilings.audio() && ceilings.both() > ceilings.text(), ceilings.toString());
    }

    /// With one relation everything is known: neutral words tell nothing but that the utterance is one of four
    /// classes.
    @Test
    void ceilings_ofOneRelation_areThoseOfTheTone() {
        SpokenSettings toneAlone = SETTINGS.with("agree", "0")
                .with("textOnly", "0")
                .with("conflict", "0")
                .with("irony", "0");
        SpokenCeilings ceilings = SpokenCeilings.of(toneAlone);
        assertEquals(0.25, ceilings.text(), 1e-9);
        assertEquals(ceilings.audio(), ceilings.both(), 1e-9);
        SpokenCeilings flat = SpokenCeilings.of(toneAlone.with("strength", "0"));
        assertEquals(0.25, flat.audio(), 1e-9);
        SpokenCeilings clear = SpokenCeilings.of(toneAlone.with("strength", "3"));
        assertTrue(clear.audio() > 0.99, clear.toString());
    }

    /// What one perspective reaches, an additive fusion does, and it does not reach more than any.
    @ParameterizedTest
    @CsvSource({"strength, 0", "strength, 0.1", "strength, 3", "agree, 1", "textOnly, 1", "conflict, 1", "irony, 0.01"})
    void ceilings_ofAnySettings_areInOrder(String key, String value) {
        for (long seed = 1; seed <= 3; seed++) {
            SpokenCeilings ceilings =
                    SpokenCeilings.of(SpokenSettings.defaults(seed).with(key, value));
            double alone = Math.max(ceilings.audio(), ceilings.text());
            assertTrue(alone <= ceilings.additive(), ceilings.toString());
            assertTrue(ceilings.additive() <= ceilings.both() && ceilings.both() <= 1 + 1e-9, ceilings.toString());
        }
    }

    @Test
    void ceilings_ofIrony_leaveTheRarestOfFourPairsToThoseThatAdd() {
        SpokenSettings half = SETTINGS.with("agree", "0")
                .with("audioOnly", "0")
                .with("conflict", "0")
                .with("textOnly", "0.6")
                .with("irony", "0.4");
        double[] textOnly = SpokenDesign.shares(half).getOrDefault(Relation.TEXT_ONLY, new double[0]);
        double joy = textOnly[Emotions.ALL.indexOf(Emotions.JOY)];
        assertTrue(joy > 0 && joy < 0.2, "rarer than ironic joy");
        SpokenSettings clear = half.with("strength", "3"); // every tone is heard, so that both tell all
        assertEquals(1 - joy, SpokenCeilings.of(clear).additive(), 1e-12);
    }
}
