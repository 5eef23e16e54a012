package dev.parallax.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.BadInputException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void index_knownName_isItsPlace() {
        Labels labels = Labels.of("happiness", "anger");
        assertEquals(1, labels.index("anger", "x"));
        assertEquals("happiness", labels.name(0));
    }

    @Test
    void index_unknownName_saysWhereAndWhatWasMeant() {
        BadInputException error = assertThrows(
                BadInputException.class, () -> Labels.of("anger", "happiness").index("hapiness", "train.csv line 17"));
        assertEquals(
                "train.csv line 17: emotion \"hapiness\" is not one of [anger, happiness]; did you mean \"happiness\"?",
                error.getMessage());
    }

    @Test
    void of_sameNameTwice_isRefused() {
        assertThrows(BadInputException.class, () -> Labels.of("anger", "anger"));
        assertThrows(BadInputException.class, () -> Labels.of("anger", " "));
    }

    @Test
    void occurringIn_anyOrder_isAlphabetical() {
        assertEquals(
                Labels.of("anger", "joy"),
                Labels.occurringIn(List.of(utterance("1", "joy"), utterance("2", null), utterance("3", "anger"))));
    }

    @Test
    void labelMap_mergeAndDrop_countsWhatDropsOut() {
        LabelMap map = LabelMap.parse("anger=angry, happiness=happy|excited ,neutral");
        assertEquals(Labels.of("anger", "happiness", "neutral"), map.labels());
        LabelMap.Mapped mapped = map.apply(List.of(
                utterance("1", "excited"),
                utterance("2", "bored"),
                utterance("3", "neutral"),
                utterance("4", null),
                utterance("5", "angry")));
        assertEquals(
                List.of("happiness", "neutral", "anger"),
                mapped.utterances().stream().map(Utterance::emotion).toList());
        assertEquals(Map.of("bored", 1), mapped.dropped());
        assertEquals(1, mapped.unlabelled());
    }

    @Test
    void labelMap_faults_areRefusedInOneLine() {
        assertEquals(
                "‹labels›: \"happy\" is mapped twice, to \"a\" and to \"b\"; map it once",
                assertThrows(BadInputException.class, () -> LabelMap.parse("a=happy,b=happy"))
                        .getMessage());
        assertThrows(BadInputException.class, () -> LabelMap.parse("a=happy,a=sad"));
        assertThrows(BadInputException.class, () -> LabelMap.parse("a=,b=c"));
        assertThrows(BadInputException.class, () -> LabelMap.parse(""));
        BadInputException unknown = assertThrows(
                BadInputException.class, () -> LabelMap.parse("a=angri").check(Labels.of("angry", "sad")));
        assertEquals(
                "‹labels›: \"angri\" is not an emotion of the corpus [angry, sad]; did you mean \"angry\"?",
                unknown.getMessage());
    }

    private static Utterance utterance(String id, @Nullable String emotion) {
        return new Utterance(id, null, "words", emotion, Origin.UNKNOWN);
    }
}
