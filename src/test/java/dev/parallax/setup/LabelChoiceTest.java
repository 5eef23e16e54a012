package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.Corpus;
import dev.parallax.data.LabelMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelChoiceTest {

    private static final List<String> FOUR = List.of("anger", "happiness", "neutral", "sadness");

    @TempDir
    private Path folder;

    /// A manifest with one utterance of each emotion.
    private Corpus corpus(String name, String... emotions) {
        StringBuilder csv = new StringBuilder("text,emotion\n");
        for (String emotion : emotions) {
            csv.append("words,").append(emotion).append('\n');
        }
        try {
            return Corpora.open("manifest:" + Files.writeString(folder.resolve(name), csv));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Corpus joyful() {
        return corpus("joyful.csv", "anger", "joy", "neutral", "sadness", "fear");
    }

    private Corpus excited() {
        return corpus("excited.csv", "anger", "excitement", "happiness", "neutral", "sadness");
    }

    @Test
    void of_nothingGiven_theCorpusDecides() {
        LabelMap map = LabelChoice.of(null, List.of(joyful())).getFirst();
        assertEquals(
                List.of("anger", "fear", "joy", "neutral", "sadness"),
                map.labels().names());
    }

    @Test
    void of_nameOfAClassSet_mapsEachCorpusByItsOwn() {
        List<LabelMap> maps = LabelChoice.of("4", List.of(joyful(), excited()));
        maps.forEach(map -> assertEquals(FOUR, map.labels().names()));
        assertEquals("happiness", maps.getFirst().map("joy"));
        assertEquals("happiness", maps.getLast().map("excitement"));
    }

    @Test
    void of_map_isTheSameForAll() {
        List<LabelMap> maps = LabelChoice.of("anger,glad=joy|happiness", List.of(joyful(), excited()));
        assertEquals(List.of("anger", "glad"), maps.getLast().labels().names());
        assertEquals("glad", maps.getFirst().map("joy"));
        assertEquals(
                List.of("fear"),
                LabelChoice.of("fear", List.of(joyful())).getFirst().labels().names());
    }

    @Test
    void of_nameThatNotAllHave_isRefusedWithThoseThatAllHave() {
        String both = "[anger, fear, joy, neutral, sadness, excitement, happiness]";
        assertEquals(
                "‹labels 4-dropped›: the corpora do not have the same classes under that name; give a map of their"
                        + " emotions " + both + "; or name one of the class sets [4]",
                Refusal.of(() -> LabelChoice.of("4-dropped", List.of(joyful(), excited()))));
        assertEquals(
                "‹labels all›: the corpora do not have the same classes under that name; give a map of their emotions "
                        + both + "; or name one of the class sets [4]",
                Refusal.of(() -> LabelChoice.of("all", List.of(joyful(), excited()))));
    }

    @Test
    void of_unknownName_listsEmotionsAndClassSets() {
        assertEquals(
                "‹labels 5›: no class set has that name, and it is none of the emotions [anger, fear, joy, neutral,"
                        + " sadness] here; give a map of these: ‹labels anger=anger|angry,...›; or name one of the class sets [all, 4]",
                Refusal.of(() -> LabelChoice.of("5", List.of(joyful()))));
    }

    @Test
    void of_severalCorporaAndNothingGiven_asksForOneSet() {
        assertEquals(
                "‹corpus manifest› and 1 more: several corpora need one set of labels; give ‹labels"
                        + " anger=anger|angry,...› (the emotions here are [anger, fear, joy, neutral, sadness, excitement,"
                        + " happiness]); or name one of the class sets [4]",
                Refusal.of(() -> LabelChoice.of(null, List.of(joyful(), excited()))));
    }

    @Test
    void of_corpusWithoutEmotions_saysSo() {
        assertEquals(
                "‹corpus›: no utterance has an emotion, so there is nothing to learn or to score; fill the column"
                        + " emotion",
                Refusal.of(() -> LabelChoice.of(null, List.of(corpus("none.csv", "")))));
    }
}
