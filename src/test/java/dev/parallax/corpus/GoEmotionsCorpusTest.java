package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoEmotionsCorpusTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        MiniatureTables.goEmotions(folder);
    }

    @Test
    void open_miniature_readsTextPartAndEmotion() {
        List<Utterance> comments = GoEmotionsCorpus.open(folder).utterances();
        Utterance first = comments.getFirst();
        assertEquals("My favourite food is anything I didn’t have to cook.", first.text());
        assertEquals("neutral", first.emotion());
        assertNull(first.audio());
        assertNull(first.speaker());
        assertEquals(
                List.of("train", "train", "val", "test"),
                comments.stream().map(Utterance::split).toList());
    }

    @Test
    void open_severalLabels_areLeftOutAndCounted() {
        Corpus corpus = GoEmotionsCorpus.open(folder);
        assertEquals(
                "comments with several labels are left out, since an utterance has one emotion here: train 1 of 3",
                corpus.notes().getFirst());
        List<String> lines = corpus.verify().lines();
        assertTrue(lines.contains("error count: file train has 3 comments, published are 43410"), lines.toString());
    }

    @Test
    void verify_miniature_namesOddLinesAndRepeatedComments() {
        List<String> lines = GoEmotionsCorpus.open(folder).verify().lines();
        assertTrue(
                lines.contains("error line: " + folder.resolve("train.tsv")
                        + " line 4 is no text, labels and id with tabs between: no tabs here"),
                lines.toString());
        assertTrue(
                lines.contains("note text: 1 comment of the test part stands word for word in another part: eecwqtt"),
                lines.toString());
    }

    @Test
    void open_labelThatIsNotThere_saysWhere() throws IOException {
        Files.writeString(folder.resolve("dev.tsv"), "Oh.\t27\tedgurhb\n");
        assertEquals(
                folder.resolve("dev.tsv")
                        + " line 1: there is no label 27, labels.txt has 7, numbered from 0; give the files of one grouping",
                Refusal.of(() -> GoEmotionsCorpus.open(folder)));
    }
}
