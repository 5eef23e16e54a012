package dev.parallax.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassSetTest {

    private static List<String> names(String... emotions) {
        return ClassSet.of(Labels.of(emotions)).stream().map(ClassSet::name).toList();
    }

    @Test
    void of_emotions_offersWhatTheyAllow() {
        assertEquals(List.of(), names());
        assertEquals(List.of("all"), names("anger", "fear", "joy", "sadness"));
        assertEquals(List.of("all", "4"), names("anger", "joy", "neutral", "sadness"));
        assertEquals(List.of("all", "4", "4-dropped"), names("anger", "excitement", "happiness", "neutral", "sadness"));
        assertEquals(
                List.of("all", "4", "4-dropped", "6"),
                names("anger", "excitement", "frustration", "happiness", "neutral", "sadness"));
    }

    @Test
    void of_everyCorpusWithFour_hasTheSameClasses() {
        Labels classes = Labels.of("anger", "happiness", "neutral", "sadness");
        for (String happy : List.of("happiness", "joy")) {
            ClassSet four = ClassSet.of(Labels.of("neutral", "sadness", happy, "anger", "excitement"))
                    .get(1);
            assertEquals(classes, four.labels().labels());
            assertEquals("happiness", four.labels().map(happy));
            assertEquals("happiness", four.labels().map("excitement"));
        }
    }

    @Test
    void all_namesWithMarksOfMaps_stayAsTheyAre() {
        ClassSet all = ClassSet.of(Labels.of("happy|glad", "a=b")).getFirst();
        assertEquals("happy|glad", all.labels().map("happy|glad"));
        assertEquals(Labels.of("happy|glad", "a=b"), all.labels().labels());
    }
}
