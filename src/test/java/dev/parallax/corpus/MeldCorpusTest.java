package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeldCorpusTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        MiniatureTables.meld(folder);
    }

    @Test
    void open_miniature_tellsWhoSpeaksWhereAndWhat() {
        List<Utterance> utterances = MeldCorpus.open(folder).utterances();
        Utterance first = utterances.getFirst();
        assertEquals("also I was the point person, that’s all", first.text());
        assertEquals(new Origin("Chandler", null, "train/dia0", 0, null, "train"), first.origin());
        assertNotNull(first.audio());
        Utterance second = utterances.get(1);
        assertEquals("“You must’ve had your hands full.”", second.text());
        assertNull(second.audio(), "only the video is there");
        assertEquals("val", utterances.get(3).split());
        assertEquals("test/dia0", utterances.get(4).dialogue());
    }

    @Test
    void open_damagedClip_isReadByItsWordsAlone() {
        Utterance damaged = MeldCorpus.open(folder).utterances().get(2);
        assertEquals("train/dia125_utt3", damaged.id());
        assertEquals("Oh!", damaged.text());
        assertNull(damaged.audio());
    }

    @Test
    void verify_miniature_namesVideosCopiesAndWhatIsMissing() {
        List<String> lines = MeldCorpus.open(folder).verify().lines();
        for (String line : List.of(
                "error missing: train/dia0_utt1.wav is not there; copy it from the archive again",
                "note missing: train/dia125_utt3.wav is not read: its file is damaged",
                "note extra: 1 clip of test is there a second time and not read: final_videos_testdia0_utt1",
                "error count: part train neutral has 2 utterances, published are 4710")) {
            assertTrue(lines.contains(line), line + " is not among " + String.join("\n", lines));
        }
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("warning missing: 1 clip in ")
                                && line.endsWith(" ffmpeg -i NAME.mp4 -vn -ac 1 -ar 16000 NAME.wav: dia0_utt1")),
                lines.toString());
    }

    @Test
    void open_tablesAlone_isACorpusOfText() throws IOException {
        Path text = Files.createDirectory(folder.resolve("text"));
        for (String part : List.of("train", "dev", "test")) {
            Files.copy(folder.resolve(part + "_sent_emo.csv"), text.resolve(part + "_sent_emo.csv"));
        }
        Corpus corpus = MeldCorpus.open(text);
        assertEquals(5, corpus.utterances().size());
        assertTrue(corpus.notes().getFirst().startsWith("no clips beside the tables: text alone"));
        assertTrue(corpus.verify().lines().contains("note missing: there are no clips: the text alone was checked"));
    }

    @Test
    void open_tableOfWindowsAmongTheClips_isRead() throws IOException {
        Path table = folder.resolve("dev_sent_emo.csv");
        String text = Files.readString(table).replace("Hey!", "That’s…");
        Files.delete(table);
        Miniature.text(folder.resolve("dev_splits_complete/dev_sent_emo.csv"), text, Charset.forName("windows-1252"));
        assertEquals("That’s…", MeldCorpus.open(folder).utterances().get(3).text());
    }

    @Test
    void open_numberThatIsNone_saysWhere() throws IOException {
        Path table = folder.resolve("dev_sent_emo.csv");
        Files.writeString(table, Files.readString(table).replace(",0,0,8", ",zero,0,8"));
        assertEquals(
                table + " line 2: Dialogue_ID \"zero\" is no number; copy the file from the archive again",
                Refusal.of(() -> MeldCorpus.open(folder)));
    }

    @Test
    void given_parts_areThoseOfTheTablesAndNotSpeakerIndependent() {
        Corpus corpus = MeldCorpus.open(folder);
        List<Utterance> everybody = corpus.utterances().stream()
                .map(each -> each.withOrigin(each.origin().withSpeaker("Joey")))
                .toList();
        Split split = new UtteranceSplitter(everybody, corpus.sexes(), 1).standard();
        assertEquals("train 3, val 1, test 1: given by the corpus (NOT speaker-independent)", split.describe());
    }
}
