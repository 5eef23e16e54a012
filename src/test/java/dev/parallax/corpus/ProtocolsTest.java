package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Split.Member;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Utterance;
import dev.parallax.io.Json;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every protocol owes, of single utterances and of whole dialogues.
class ProtocolsTest {

    static List<ProtocolCase> cases() {
        return ProtocolCase.all();
    }

    static Stream<ProtocolCase> allTested() {
        return cases().stream().filter(ProtocolCase::allTested);
    }

    static Stream<ProtocolCase> wholeDialogues() {
        return cases().stream().filter(each -> each.dialogues() || each.name().startsWith("dialogues"));
    }

    static Stream<ProtocolCase> scripts() {
        return cases().stream().filter(each -> each.name().startsWith("scripts"));
    }

    static Stream<ProtocolCase> drawn() {
        return cases().stream().filter(each -> !each.name().equals("named"));
    }

    /// All but the one that deals the utterances as they come.
    static Stream<ProtocolCase> sorted() {
        return cases().stream().filter(each -> each.dialogues() || !each.name().equals("random"));
    }

    @Test
    void cases_everyProtocol_isThere() {
        for (boolean dialogues : new boolean[] {false, true}) {
            Set<String> tested = cases().stream()
                    .filter(each -> each.dialogues() == dialogues)
                    .map(each -> each.name().replaceAll("-\\d+", "-K"))
                    .collect(Collectors.toSet());
            List<String> all = dialogues ? DialogueSplitter.PROTOCOLS : UtteranceSplitter.PROTOCOLS;
            assertTrue(tested.containsAll(all), tested + " lacks some of " + all);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void folds_parts_areDisjointAndWithTheExcludedEveryone(ProtocolCase each) {
        List<Split> splits = each.splits(1);
        assertEquals(each.folds(), splits.size());
        for (Split split : splits) {
            List<String> ids = Stream.of(split.train(), split.val(), split.test(), split.excluded())
                    .flatMap(List::stream)
                    .map(Member::id)
                    .toList();
            assertEquals(Stage.SIZE, ids.size());
            assertEquals(Stage.SIZE, Set.copyOf(ids).size());
            assertFalse(split.val().isEmpty() || split.test().isEmpty(), split.describe());
        }
    }

    @ParameterizedTest
    @MethodSource("allTested")
    void folds_together_testEveryoneOnce(ProtocolCase each) {
        List<String> tested = each.splits(1).stream()
                .flatMap(split -> split.test().stream())
                .map(Member::id)
                .toList();
        assertEquals(Stage.SIZE, tested.size());
        assertEquals(Stage.SIZE, Set.copyOf(tested).size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void folds_speakers_areApartOrItIsSaid(ProtocolCase each) {
        for (Split split : each.splits(1)) {
            assertEquals(each.apart(), split.speakerIndependent(), split.describe());
            assertEquals(each.apart(), inOnePart(split, each, Utterance::speaker), split.describe());
            assertEquals(!each.apart(), split.how().contains("speakers not kept apart"), split.how());
        }
    }

    @ParameterizedTest
    @MethodSource("wholeDialogues")
    void folds_wholeDialogues_areInOnePart(ProtocolCase each) {
        for (Split split : each.splits(1)) {
            assertTrue(inOnePart(split, each, Utterance::dialogue), split.describe());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void folds_validation_hasBothSexes(ProtocolCase each) {
        for (Split split : each.splits(1)) {
            Set<Sex> sexes = speakers(split, Part.VAL, each).stream()
                    .map(speaker -> Objects.requireNonNull(Stage.sexes().get(speaker)))
                    .collect(Collectors.toSet());
            assertEquals(Set.of(Sex.FEMALE, Sex.MALE), sexes, split.how());
        }
    }

    @ParameterizedTest
    @MethodSource("allTested")
    void folds_validation_isNotAlwaysTheSame(ProtocolCase each) {
        Set<Set<String>> validated = each.splits(1).stream()
                .map(split -> split.val().stream().map(Member::id).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
        assertTrue(validated.size() > 2, validated.toString());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void folds_scripts_areInOnePart(ProtocolCase each) {
        for (Split split : each.splits(1)) {
            assertFalse(split.excluded().isEmpty(), split.how());
            assertEquals(split.excluded().size() / (double) Stage.SIZE, split.excludedShare());
            String said = ", " + split.excluded().size() + " of " + Stage.SIZE + " utterances excluded";
            assertTrue(split.how().contains(said), split.how());
            assertTrue(inOnePart(split, each, Utterance::script), split.how());
            assertTrue(each.dialogues() || inOnePart(split, each, ProtocolsTest::longWords), split.how());
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void folds_excluded_sayWhatIsTestedOrValidated(ProtocolCase each) {
        for (Split split : each.splits(1)) {
            Set<String> kept = Stream.of(Part.TEST, Part.VAL)
                    .flatMap(part -> split.select(part, each.utterances()).stream())
                    .flatMap(utterance -> Stream.of(utterance.script(), longWords(utterance)))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            Set<String> excluded = split.excluded().stream().map(Member::id).collect(Collectors.toSet());
            for (Utterance utterance : each.utterances()) {
                if (excluded.contains(utterance.id())) {
                    boolean said = kept.contains(String.valueOf(utterance.script()))
                            || kept.contains(String.valueOf(longWords(utterance)));
                    assertTrue(said, utterance + " of " + split.how());
                }
            }
        }
    }

    /// The words of a transcript, of those that are someone's lines and follow no script.
    private static @Nullable String longWords(Utterance utterance) {
        String words = String.valueOf(utterance.text()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 ]", "");
        return utterance.script() != null || words.split(" ").length < 4 ? null : words;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void folds_scope_leavesOutAllOthersAndSaysHowMany(boolean dialogues) {
        ProtocolCase improvised = new ProtocolCase(dialogues, "improvised", 2, false, true);
        for (Split split : improvised.splits(1)) {
            Set<String> excluded = split.excluded().stream().map(Member::id).collect(Collectors.toSet());
            for (Utterance utterance : improvised.utterances()) {
                assertEquals(utterance.script() != null, excluded.contains(utterance.id()), utterance.id());
            }
            assertTrue(
                    split.how().contains(", 36 of 144 utterances (25 %) excluded, which follow a script"), split.how());
        }
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void folds_sameSeed_areTheSameAndOtherSeedsOthers(ProtocolCase each) {
        assertEquals(each.splits(1), each.splits(1));
        Set<List<Map<Part, Set<String>>>> different = new HashSet<>();
        for (int seed = 0; seed < 5; seed++) {
            different.add(members(each.splits(seed)));
        }
        assertTrue(different.size() > 1, different.size() + " different");
    }

    @ParameterizedTest
    @MethodSource("sorted")
    void folds_orderOfUtterances_doesNotMatter(ProtocolCase each) {
        List<Utterance> utterances = each.utterances();
        int[] order = new int[utterances.size()];
        Arrays.setAll(order, i -> i);
        new RandomStream(3, 0, 0, 0).shuffle(order);
        List<Utterance> shuffled =
                Arrays.stream(order).mapToObj(utterances::get).toList();
        List<Split> splits = each.splits(shuffled, 1);
        assertEquals(members(each.splits(1)), members(splits));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void folds_asJson_areReadBackTheSame(ProtocolCase each) {
        for (Split split : each.splits(1)) {
            assertEquals(split, Split.fromJson(Json.parseObject(split.toJson().toText(), "split")));
        }
    }

    /// The ids of each part of each fold; the others are excluded.
    private static List<Map<Part, Set<String>>> members(List<Split> splits) {
        return splits.stream()
                .map(split -> {
                    Map<Part, Set<String>> members = new TreeMap<>();
                    for (Part part : Part.values()) {
                        members.put(
                                part,
                                split.members(part).stream().map(Member::id).collect(Collectors.toSet()));
                    }
                    return members;
                })
                .toList();
    }

    private static Set<String> speakers(Split split, Part part, ProtocolCase each) {
        return split.select(part, each.utterances()).stream()
                .map(utterance -> String.valueOf(utterance.speaker()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Whether no known fact of one part's utterances is one of another part's.
    private static boolean inOnePart(Split split, ProtocolCase each, Function<Utterance, @Nullable String> factOf) {
        Map<String, Part> partOf = new TreeMap<>();
        boolean one = true;
        for (Part part : Part.values()) {
            for (Utterance utterance : split.select(part, each.utterances())) {
                String fact = factOf.apply(utterance);
                one &= fact == null || partOf.computeIfAbsent(fact, _ -> part) == part;
            }
        }
        return one;
    }
}
