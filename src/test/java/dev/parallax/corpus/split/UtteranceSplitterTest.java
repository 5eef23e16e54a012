package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.corpus.Clips;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Split.Member;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UtteranceSplitterTest {

    private static final List<String> EMOTIONS = List.of("anger", "fear", "joy", "sadness");
    private static final Map<String, Sex> SEXES = sexes();

    @Test
    void bySpeakers_named_putsEachWhereItWasSaid() {
        Split split = splits(1).bySpeakers(List.of("s0", "s1"), List.of("s2", "s3"));
        assertEquals(Set.of("s0", "s1"), speakers(split, Part.TEST));
        assertEquals(Set.of("s2", "s3"), speakers(split, Part.VAL));
        assertEquals(6, speakers(split, Part.TRAIN).size());
        assertTrue(split.speakerIndependent());
        assertWhole(split);
    }

    @Test
    void bySpeakers_withoutValidation_drawsItFromTheOthers() {
        Split split = splits(1).bySpeakers(List.of("s0", "s1"), List.of());
        assertEquals(Set.of("s0", "s1"), speakers(split, Part.TEST));
        assertEquals(Set.of(Sex.FEMALE, Sex.MALE), sexes(speakers(split, Part.VAL)));
        assertTrue(split.speakerIndependent());
        assertWhole(split);
    }

    @Test
    void bySpeakers_faults_areRefusedWithTheSpeakers() {
        assertEquals(
                "‹test-speakers›: speaker \"s11\" is not one of [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9];"
                        + " did you mean \"s1\"?",
                Refusal.of(() -> splits(1).bySpeakers(List.of("s11"), List.of())));
        assertTrue(Refusal.of(() -> splits(1).bySpeakers(List.of("s1"), List.of("s1")))
                .contains("speaker s1 is to be tested and validated on"));
        List<String> all = List.copyOf(SEXES.keySet());
        assertTrue(Refusal.of(() -> splits(1).bySpeakers(all.subList(0, 9), all.subList(9, 10)))
                .contains("no utterance is left to train on"));
    }

    @Test
    void drawn_manySeeds_keepsSpeakersApartWithBothSexesAndAllEmotions() {
        Set<Split> different = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            Split split = splits(seed).drawn();
            assertTrue(split.speakerIndependent());
            assertWhole(split);
            for (Part part : Part.values()) {
                assertEquals(Set.of(Sex.FEMALE, Sex.MALE), sexes(speakers(split, part)), part + " of " + split.how());
                assertEquals(Set.copyOf(EMOTIONS), emotions(split, part));
            }
            assertEquals(0.2, split.test().size() / 400.0, 0.06);
            different.add(split);
        }
        assertTrue(different.size() > 10, different.size() + " different splits");
        assertEquals(splits(3).drawn(), splits(3).drawn());
    }

    @Test
    void drawn_speakerWithTheOnlyFear_isTrainedOn() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String speaker = "s" + i % 6;
            utterances.add(text(i, speaker.equals("s4") ? "fear" : "joy", speaker, null));
        }
        for (int seed = 0; seed < 10; seed++) {
            Split split = new UtteranceSplitter(utterances, Map.of(), seed).drawn();
            assertTrue(emotions(split, Part.TRAIN, utterances).contains("fear"), split.how());
        }
    }

    @Test
    void speakersK_five_testBothSexesInEach() {
        List<Split> folds = splits(2).byName("speakers-5", List.of());
        assertTrue(
                folds.getLast().how().startsWith("speakers-5, fold 5 of 5, seed 2"),
                folds.getLast().how());
        for (Split fold : folds) {
            assertEquals(Set.of(Sex.FEMALE, Sex.MALE), sexes(speakers(fold, Part.TEST)), fold.how());
        }
        List<Split> byOldName = splits(2).byName("folds-5", List.of());
        assertEquals(folds.getFirst().test(), byOldName.getFirst().test());
        assertEquals(folds.getLast().val(), byOldName.getLast().val());
    }

    @Test
    void random_split_isLabelledAndProportional() {
        Split split = splits(1).random();
        assertTrue(split.how().startsWith("RANDOM"), split.how());
        assertTrue(split.describe().endsWith("(NOT speaker-independent)"), split.describe());
        assertFalse(split.speakerIndependent());
        assertWhole(split);
        assertEquals(
                Map.of("anger", 20L, "fear", 20L, "joy", 20L, "sadness", 20L),
                split.select(Part.TEST, utterances()).stream()
                        .collect(Collectors.groupingBy(u -> String.valueOf(u.emotion()), Collectors.counting())));
        assertNotEquals(split, splits(2).random());
    }

    /// Two utterances of each emotion leave no test part, and may be of two speakers.
    @Test
    void random_speakersApart_isSaidToBeChance() {
        List<Utterance> two = List.of(text(0, "joy", "s0", null), text(1, "joy", "s1", null));
        Split split = new UtteranceSplitter(two, Map.of(), 1).random();
        assertEquals(
                "train 1, val 1, test 0: RANDOM over utterances, speakers not kept apart, seed 1"
                        + " (speaker-independent by chance)",
                split.describe());
    }

    /// In one part alone nobody can be in two, and nothing is independent of anything.
    @Test
    void describe_onePart_saysNothingOfSpeakers() {
        Split one = new UtteranceSplitter(List.of(text(0, "joy", "s0", null)), Map.of(), 1).random();
        assertEquals("train 1, val 0, test 0: RANDOM over utterances, speakers not kept apart, seed 1", one.describe());
        String unvalidated = splits(1).random().withoutTest().withoutVal().describe();
        assertTrue(unvalidated.endsWith("seed 1; NO validation part, it is trained on"), unvalidated);
    }

    @Test
    void given_threeParts_areTaken() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            utterances.add(text(i, "joy", "s" + i % 3, Part.WORDS.get(i % 3)));
        }
        Split split = new UtteranceSplitter(utterances, Map.of(), 1).standard();
        assertEquals(List.of(10, 10, 10), sizes(split));
        assertTrue(split.speakerIndependent());
        utterances.set(0, text(0, "joy", "s1", "train"));
        assertFalse(new UtteranceSplitter(utterances, Map.of(), 1).given().speakerIndependent());
        utterances.set(0, text(0, "joy", "s1", null));
        assertTrue(Refusal.of(() -> new UtteranceSplitter(utterances, Map.of(), 1).given())
                .contains("1 of 30 utterances name no part"));
    }

    @Test
    void given_withoutValidation_drawsItFromTheTrainingSpeakers() {
        List<Utterance> known = new ArrayList<>();
        List<Utterance> unknown = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String part = i % 6 == 0 ? "test" : "train";
            known.add(text(i, "joy", "s" + i % 6, part));
            unknown.add(text(i, "joy", null, part));
        }
        Split bySpeaker = new UtteranceSplitter(known, Map.of(), 1).given();
        assertTrue(bySpeaker.speakerIndependent());
        assertEquals(List.of(40, 10, 10), sizes(bySpeaker));
        Split atRandom = new UtteranceSplitter(unknown, Map.of(), 1).given();
        assertTrue(atRandom.how().contains("AT RANDOM"), atRandom.how());
        assertFalse(atRandom.speakerIndependent());
        assertEquals(10, atRandom.test().size());
        assertFalse(atRandom.val().isEmpty());
    }

    @Test
    void unknownSpeakers_areRefusedUnlessRandomIsAskedFor() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            utterances.add(text(i, "joy", null, null));
        }
        UtteranceSplitter splits = new UtteranceSplitter(utterances, Map.of(), 1);
        assertEquals(
                "split: 30 of 30 utterances have no speaker, so speakers cannot be kept apart; fill the column speaker,"
                        + " or ask for ‹protocol random›",
                Refusal.of(splits::standard));
        assertFalse(splits.byName("random", List.of()).getFirst().speakerIndependent());
    }

    @Test
    void byName_namedAsTheCorpusOwn_isTheCorpusOwn() {
        Protocol own = new Protocol("loso", "", List.of(new Protocol.Fold(List.of("s0"), List.of("s1"))));
        List<Split> splits = splits(1).byName("loso", List.of(own));
        assertEquals(1, splits.size());
        assertEquals(
                "protocol loso, fold 1 of 1: test speakers [s0], validation speakers [s1]",
                splits.getFirst().how());
        assertTrue(Refusal.of(() -> splits(1).byName("lso", List.of(own))).endsWith("did you mean \"loso\"?"));
    }

    /// Six utterances of four speakers; the last two say what the first two said.
    private static List<Utterance> withCopies() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            utterances.add(Clips.utterance("u" + i, new Clips.Counted(i % 4, 0.1), "joy", "s" + i));
        }
        return utterances;
    }

    @Test
    void sameRecordingInTwoParts_namedByTheUser_isSaidAndNotIndependent() {
        Split split = new UtteranceSplitter(withCopies(), Map.of(), 1).bySpeakers(List.of("s0"), List.of("s1"));
        assertFalse(split.speakerIndependent());
        assertEquals(
                "speakers named: test speakers [s0], validation speakers [s1]; THE SAME SOUND IN TWO PARTS 2 times"
                        + " (the first: u4 in train is u0 in test)",
                split.how());
    }

    @Test
    void sameRecordingOfTwoSpeakers_drawn_staysInOnePart() {
        for (String protocol : List.of("speakers", "speakers-3", "loso", "random")) {
            for (int seed = 0; seed < 5; seed++) {
                for (Split split : new UtteranceSplitter(withCopies(), Map.of(), seed).byName(protocol, List.of())) {
                    assertFalse(split.how().contains(Split.SAME_SOUND), split.how());
                }
            }
        }
    }

    @Test
    void speakersInTwoSpellings_areOneInEverySplit() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String speaker =
                    List.of("03", "Anna", "J\u00fcrgen", "10", "11", "12").get(i % 6);
            String other = List.of("3", "anna\u00a0", "ju\u0308rgen", "10", "11.0", "12")
                    .get(i % 6);
            utterances.add(text(i, EMOTIONS.get(i % 4), i < 30 ? speaker : other, null));
        }
        UtteranceSplitter splits = new UtteranceSplitter(utterances, Map.of(), 1);
        assertEquals(6, splits.byName("loso", List.of()).size());
        assertEquals(10, splits.bySpeakers(List.of("3"), List.of("ANNA")).test().size());
        assertEquals(
                10, splits.bySpeakers(List.of("3.0"), List.of("ANNA")).val().size());
        assertEquals(4, new SpeakerNames(utterances).aliases().size());
    }

    private static Split.Seen seen(Split split, List<Utterance> some) {
        return split.seen(some, some, SoundCopies.NONE);
    }

    @Test
    void seen_copyOfWhatWasLearned_isNotNew() {
        List<Utterance> utterances = withCopies();
        Split split = new UtteranceSplitter(utterances, Map.of(), 1).bySpeakers(List.of("s4"), List.of("s1"));
        List<Utterance> test = split.select(Part.TEST, utterances);
        assertEquals(test, seen(split, test).utterances());
        Utterance elsewhere = Clips.utterance("elsewhere", new Clips.Counted(2, 0.1), "joy", "s9");
        assertEquals(List.of(elsewhere), seen(split, List.of(elsewhere)).utterances());
    }

    @Test
    void knownSpeakers_otherSpelling_areKnownAndKeptInJson() {
        List<Utterance> utterances = List.of(
                Clips.utterance("a", new Clips.Counted(1, 0.1), "joy", "03"),
                Clips.utterance("b", new Clips.Counted(2, 0.1), "joy", "8"),
                Clips.utterance("c", new Clips.Counted(3, 0.1), "joy", "11"));
        Split drawn = new UtteranceSplitter(utterances, Map.of(), 1).bySpeakers(List.of("11"), List.of("8"));
        assertEquals(List.of(), drawn.knownSpeakers(utterances), "nobody asked who speaks");
        Split split = drawn.spokenBy(utterances);
        assertEquals(List.of("3", "8"), split.speakers());
        Utterance again = Clips.utterance("d", new Clips.Counted(4, 0.1), "joy", " 3");
        Utterance other = Clips.utterance("e", new Clips.Counted(5, 0.1), "joy", "11");
        assertEquals(List.of(" 3"), split.knownSpeakers(List.of(again, other)));
        assertEquals(split, Split.fromJson(Json.parseObject(split.toJson().toText(), "split")));
        assertEquals(0, split.unheard(utterances).size());
        assertEquals(2, split.unheard(List.of(again, other)).size());
        assertEquals(1, split.unheard(utterances.subList(1, 3)).size());
    }

    @Test
    void fromJson_ofAFormerVersion_isOfFiles() {
        Split split = splits(1).drawn();
        String former = split.toJson().toText().replace("\"hashes\":\"sound\",", "");
        assertEquals(
                Split.Hashing.FILE,
                Split.fromJson(Json.parseObject(former, "split")).hashing());
        String newer = split.toJson().toText().replace("\"hashes\":\"sound\"", "\"hashes\":\"bytes\"");
        assertTrue(Refusal.of(() -> Split.fromJson(Json.parseObject(newer, "split")))
                .startsWith("split: hashes: \"bytes\" is not one of [file, sound, words]"));
    }

    @Test
    void split_overlapAndRoundTrip() {
        Split split = splits(1).drawn();
        assertEquals(split, Split.fromJson(Json.parseObject(split.toJson().toIndentedText(), "split")));
        Member member = new Member("a", "0123456789abcdef");
        assertEquals(
                "split (by hand): a is in train and in test; put it into one part",
                Refusal.of(() -> new Split("by hand", true, List.of(member), List.of(), List.of(member))));
        assertEquals(
                split.train().size() + split.val().size(),
                seen(split, utterances()).utterances().size());
        assertEquals(
                List.of(), seen(split, split.select(Part.TEST, utterances())).utterances());
        assertTrue(Refusal.of(() -> split.select(Part.TEST, utterances().subList(0, 3)))
                .contains("utterances are not in the corpus"));
    }

    private static UtteranceSplitter splits(long seed) {
        return new UtteranceSplitter(utterances(), SEXES, seed);
    }

    /// 400 utterances of ten speakers, the even ones female.
    private static List<Utterance> utterances() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            utterances.add(text(i, EMOTIONS.get(i / 10 % 4), "s" + i % 10, null));
        }
        return utterances;
    }

    private static Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            sexes.put("s" + i, i % 2 == 0 ? Sex.FEMALE : Sex.MALE);
        }
        return sexes;
    }

    private static Utterance text(int i, String emotion, @Nullable String speaker, @Nullable String split) {
        return new Utterance(
                "u" + i,
                null,
                "sentence " + i,
                emotion,
                Origin.ofSpeaker(speaker).withSplit(split));
    }

    private static Set<String> speakers(Split split, Part part) {
        return split.select(part, utterances()).stream()
                .map(utterance -> String.valueOf(utterance.speaker()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> emotions(Split split, Part part) {
        return emotions(split, part, utterances());
    }

    private static Set<String> emotions(Split split, Part part, List<Utterance> utterances) {
        return split.select(part, utterances).stream()
                .map(utterance -> String.valueOf(utterance.emotion()))
                .collect(Collectors.toSet());
    }

    private static Set<Sex> sexes(Set<String> speakers) {
        return speakers.stream().map(SEXES::get).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private static List<Integer> sizes(Split split) {
        return List.of(split.train().size(), split.val().size(), split.test().size());
    }

    /// Every utterance is in exactly one part.
    private static void assertWhole(Split split) {
        Map<String, Integer> times = new HashMap<>();
        Stream.of(split.train(), split.val(), split.test())
                .flatMap(List::stream)
                .forEach(member -> times.merge(member.id(), 1, Integer::sum));
        assertEquals(400, times.size());
        assertEquals(Set.of(1), Set.copyOf(times.values()));
    }

    @Test
    void toJson_idsWithTheSeparator_areReadAgain() {
        List<Split.Member> train = List.of(
                new Split.Member("a|b", "0123456789abcdef"),
                new Split.Member("50%7C off", "fedcba9876543210"),
                new Split.Member("with \"quotes\" and blanks", "0000000000000000"));
        Split split = new Split("made up", true, train, List.of(), List.of());
        assertEquals(split, Split.fromJson(Json.parseObject(split.toJson().toText(), "split")));
        String damaged = split.toJson().toText().replace("0123456789abcdef a", "0123456789abcdef");
        assertTrue(Refusal.of(() -> Split.fromJson(Json.parseObject(damaged, "split")))
                .contains("the file is damaged"));
    }
}
