package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.RunRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a model knows that started from others.
class LearnedDataTest {

    private static final Utterance HELLO = text("a1", "hello");
    private static final Utterance GOOD = text("a2", "good");
    private static final Utterance FINE = text("a3", "fine");
    private static final Utterance GREAT = text("a4", "great");
    private static final List<Utterance> ALL = List.of(HELLO, GOOD, FINE, GREAT);

    private static Utterance text(String id, String words) {
        return new Utterance(id, null, words, "joy", Origin.UNKNOWN);
    }

    private static List<Split.Member> members(Utterance... some) {
        return Stream.of(some).map(Split.Member::of).toList();
    }

    private static RunRecord record(String chosenOn, Split split, List<JsonObject> startedFrom) {
        return new RunRecord(
                "1",
                1,
                "scalar",
                List.of("manifest"),
                "00",
                Json.object().with("chosenOn", chosenOn),
                split.toJson(),
                Json.object(),
                startedFrom,
                0,
                List.of(),
                Json.object(),
                List.of());
    }

    private static RunRecord first(String chosenOn) {
        return record(chosenOn, new Split("first", true, members(HELLO), members(GOOD), members(FINE)), List.of());
    }

    private static List<Utterance> seen(LearnedData learned, Utterance... some) {
        return learned.seen(List.of(some), ALL, SoundCopies.NONE).utterances();
    }

    @Test
    void seen_throughTwoSteps_countsTheTrainingAndValidationPartsOfAll() {
        Split split = new Split("second", true, members(GREAT), List.of(), members(HELLO, GOOD, FINE));
        RunRecord second = record("val", split, LearnedData.carried(first("val")));
        assertEquals(List.of(HELLO, GOOD, GREAT), seen(LearnedData.of(second), HELLO, GOOD, FINE, GREAT));
        Split last = new Split("third", true, members(FINE), List.of(), members(HELLO, GREAT));
        RunRecord third = record("val", last, LearnedData.carried(second));
        assertEquals(List.of(HELLO, GREAT), seen(LearnedData.of(third), HELLO, GREAT));
        assertEquals(
                List.of(HELLO), seen(LearnedData.of(record("val", last, LearnedData.carried(first("val")))), HELLO));
        RunRecord again = RunRecord.fromJson(Json.parseObject(third.toJson().toText(), "run"));
        assertEquals(third, again, "what was carried is written and read");
        assertEquals(2, LearnedData.of(again).earlier().size());
    }

    @Test
    void seen_testPartThatChoseTheFormerModel_isNotNew() {
        Split split = new Split("second", true, members(GREAT), List.of(), members(FINE));
        assertEquals(List.of(), seen(LearnedData.startingFrom(first("val"), split), FINE));
        assertEquals(List.of(FINE), seen(LearnedData.startingFrom(first("test"), split), FINE));
    }

    /// A short sentence that many say is no leak; the same utterance under the name of a corpus is one.
    @Test
    void seen_sentenceOfTheTestPart_isNewUnlessItIsTheSameUtterance() {
        Utterance others = text("b7", "hello");
        Utterance prefixed = text("manifest1/a1", "hello");
        Split split = new Split("second", true, members(GREAT), List.of(), members(others, prefixed));
        LearnedData learned = LearnedData.startingFrom(first("val"), split);
        Split.Seen seen = learned.seen(List.of(others, prefixed), ALL, SoundCopies.NONE);
        assertEquals(List.of(prefixed), seen.utterances());
        assertEquals(1, seen.alike());
    }

    @Test
    void withoutEarlierChoices_validationPartOfTheFormerModel_isNotCounted() {
        Split split = new Split("second", true, members(GREAT), members(HELLO, GOOD), List.of());
        LearnedData learned = LearnedData.startingFrom(first("val"), split).withoutEarlierChoices();
        assertEquals(
                List.of(HELLO),
                learned.seenBefore(List.of(HELLO, GOOD), ALL, SoundCopies.NONE).utterances());
    }
}
