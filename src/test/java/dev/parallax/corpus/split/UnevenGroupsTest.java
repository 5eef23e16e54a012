package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.corpus.verify.ClassReview;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Speakers, sessions and dialogues of very different sizes: no part is drawn that cannot do its work.
class UnevenGroupsTest {

    private static final List<String> EMOTIONS = List.of("anger", "joy", "sadness");

    private final List<Utterance> utterances = new ArrayList<>();

    /// Adds utterances of one speaker, in dialogues of ten.
    private UnevenGroupsTest speaker(String name, int count, @Nullable String part) {
        for (int i = 0; i < count; i++) {
            Origin origin =
                    Origin.ofSpeaker(name).withTurn(name + "-" + i / 10, i % 10).withSplit(part);
            utterances.add(new Utterance(name + i, null, "words", EMOTIONS.get(i % 3), origin));
        }
        return this;
    }

    private UtteranceSplitter single(long seed) {
        return new UtteranceSplitter(utterances, Map.of(), seed);
    }

    private DialogueSplitter whole(long seed) {
        return new DialogueSplitter(utterances, Map.of(), seed);
    }

    private Set<String> speakers(Split split, Part part) {
        return split.select(part, utterances).stream()
                .map(Utterance::speaker)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> dialogues(Split split, Part part) {
        return split.select(part, utterances).stream()
                .map(Utterance::dialogue)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Test
    void given_sessionOfOneUtterance_validatesOnDialoguesAndSaysSo() {
        speaker("anna", 855, "train").speaker("zoe", 1, "train").speaker("carl", 200, "test");
        for (int seed = 0; seed < 5; seed++) {
            Split split = whole(seed).given();
            assertEquals(128, split.val().size(), 20, split.describe());
            Set<String> both = new HashSet<>(dialogues(split, Part.TRAIN));
            both.retainAll(dialogues(split, Part.VAL));
            assertEquals(Set.of(), both);
            assertTrue(
                    split.how()
                            .contains(" drawn from its training part, ITS SPEAKERS ARE TRAINED ON TOO: by speaker it"
                                    + " would have 1 of 856 utterances and 1 of 3 classes, and should have about 128"),
                    split.how());
            assertFalse(split.speakerIndependent());
            assertEquals(Set.of("carl"), speakers(split, Part.TEST));
            assertEquals(Set.of(), common(speakers(split, Part.TEST), speakers(split, Part.VAL)));
        }
        assertEquals(whole(3).given(), whole(3).given());
    }

    private static Set<String> common(Set<String> some, Set<String> others) {
        Set<String> common = new HashSet<>(some);
        common.retainAll(others);
        return common;
    }

    @Test
    void given_speakerOfOneUtteranceWithoutDialogues_validatesOnUtterancesInProportion() {
        speaker("anna", 854, "train").speaker("zoe", 1, "train").speaker("carl", 200, "test");
        utterances.replaceAll(each -> each.withOrigin(each.origin().withTurn(null, -1)));
        Split split = single(1).given();
        Map<String, Long> perEmotion = split.select(Part.VAL, utterances).stream()
                .collect(Collectors.groupingBy(each -> String.valueOf(each.emotion()), Collectors.counting()));
        assertEquals(EMOTIONS, perEmotion.keySet().stream().sorted().toList());
        perEmotion.values().forEach(count -> assertEquals(43, count, 1));
        assertTrue(split.how().contains("ITS SPEAKERS ARE TRAINED ON TOO: by speaker it would"), split.how());
        assertEquals(Set.of("carl"), speakers(split, Part.TEST));
    }

    @Test
    void drawn_manySmallSpeakers_takesMoreOfThem() {
        speaker("anna", 200, null).speaker("bert", 210, null).speaker("carl", 220, null);
        for (int i = 0; i < 12; i++) {
            speaker(String.format(Locale.ROOT, "s%02d", i), 15, null);
        }
        for (int seed = 0; seed < 10; seed++) {
            Split split = single(seed).drawn();
            assertTrue(split.speakerIndependent(), split.how());
            assertTrue(split.test().size() >= 81, split.describe());
            assertTrue(split.val().size() >= 45, split.describe());
            assertTrue(split.train().size() >= 275, split.describe());
        }
    }

    @Test
    void drawn_speakersWithOneEmotionEach_takesMoreOfThem() {
        for (int i = 0; i < 24; i++) {
            String name = String.format(Locale.ROOT, "s%02d", i);
            String emotion = EMOTIONS.get(i % 3);
            for (int k = 0; k < 10; k++) {
                utterances.add(new Utterance(name + "/" + k, null, "words", emotion, Origin.ofSpeaker(name)));
            }
        }
        SplitGroups speakers = SplitGroups.bySpeaker(utterances);
        for (int seed = 0; seed < 10; seed++) {
            List<String> drawn = new GroupDraw(speakers, Map.of()).draw(0.08, new RandomStream(seed, 0, 0, 0));
            assertEquals(3, drawn.size(), "two were the share, and lack an emotion: " + drawn);
        }
    }

    @Test
    void drawn_testPartOfOneUtterance_isRefusedWithWhatHelps() {
        speaker("anna", 855, null).speaker("yann", 1, null).speaker("zoe", 1, null);
        assertEquals(
                "split: speakers drawn: speakers are too uneven, anna has 855: the test part would have 2 of 857"
                        + " utterances and 1 of 3 classes, and should have about 171; name ‹test-speakers›, or ask for"
                        + " ‹protocol dialogues-5›, which mixes speakers and is labelled so",
                Refusal.of(single(1)::standard).replaceFirst("have [12] of", "have 2 of"));
        utterances.replaceAll(each -> each.withOrigin(each.origin().withTurn(null, -1)));
        assertTrue(Refusal.of(single(1)::standard).contains("ask for ‹protocol random›"));
    }

    @Test
    void dialogues_unevenSessions_areDrawnOneByOneAndItIsSaid() {
        speaker("anna", 855, null).speaker("yann", 1, null).speaker("zoe", 1, null);
        Split split = whole(1).standard();
        assertEquals(171, split.test().size(), 40, split.describe());
        assertFalse(split.speakerIndependent());
        assertTrue(
                split.how()
                        .startsWith("dialogues drawn, speakers not kept apart since dialogues that share speakers make"
                                + " sessions that are too uneven, anna has 855, seed 1"),
                split.how());
        assertTrue(Refusal.of(() -> whole(1).byName("speakers", List.of())).contains("speakers are too uneven"));
    }

    @Test
    void given_dialoguesThatCannotBeDrawn_isRefusedWithWhatHelps() {
        speaker("anna", 300, "train").speaker("zoe", 1, "train").speaker("carl", 50, "test");
        utterances.replaceAll(each -> each.withOrigin(each.origin().withTurn("d-" + each.speaker(), each.turn() + 10)));
        assertEquals(
                "split: in the training part that the corpus gives, no validation part can be drawn: by speaker it would"
                        + " have 1 of 301 utterances and 1 of 3 classes, and should have about 45; fill the column split,"
                        + " or name ‹val-speakers›",
                Refusal.of(whole(1)::given));
    }

    @Test
    void scripts_validationThatWouldShareSpeakers_isRefused() {
        speaker("anna", 300, null).speaker("zoe", 1, null).speaker("carl", 60, null);
        utterances.replaceAll(each -> new Utterance(
                each.id(), null, "these words are only said by " + each.id(), each.emotion(), each.origin()));
        assertTrue(Refusal.of(() -> single(1).byName("scripts", List.of())).contains("speakers cannot be kept apart"));
    }

    @Test
    void namedParts_tooSmall_areSaid() {
        speaker("anna", 300, null).speaker("yann", 1, null).speaker("zoe", 1, null);
        Split split = single(1).bySpeakers(List.of("yann"), List.of("zoe"));
        List<String> lines = new ClassReview(split, utterances, Labels.of("anger", "joy", "sadness")).lines();
        assertTrue(
                lines.contains(
                        "the val part has 1 of 301 utterances and 1 of 3 classes, and should have about 45: it can"
                                + " choose neither epoch nor temperature; give it more, or none, and one is drawn from the"
                                + " training part"),
                lines::toString);
        assertTrue(
                lines.contains("the test part has 1 of 302 utterances and 1 of 3 classes, and should have about 60: its"
                        + " scores say next to nothing; give it more"),
                lines::toString);
    }

    @Test
    void check_largeCorpusWithASmallShare_isEnough() {
        speaker("anna", 9000, null);
        List<Utterance> part = utterances.subList(0, 3 * PartCheck.ENOUGH);
        PartCheck check = new PartCheck(utterances, 0.15);
        assertFalse(check.isTooSmall(part));
        assertTrue(check.isTooSmall(part.subList(1, part.size())));
    }
}
