package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.data.Dialogue;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.io.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCorpusTest {

    private static final String HEADER = "id,text,emotion,speaker,dialogue,turn,split\n";

    @TempDir
    Path folder;

    private Path write(String csv, int rows) throws IOException {
        Files.writeString(folder.resolve("utterances.csv"), csv);
        float[] audio = new float[rows * 2];
        float[] text = new float[rows * 3];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = i;
        }
        Npy.write(folder.resolve("audio.npy"), new int[] {rows, 2}, audio);
        Npy.write(folder.resolve("text.npy"), new int[] {rows, 3}, text);
        return folder;
    }

    @Test
    void open_linesInAnyOrder_rowsFollowLinesAndTurnsOrderDialogues() throws IOException {
        write(HEADER + "b,hm,joy,anna,d1,1,\nx,,,bert,d2,,\na,oh,fear,bert,d1,0,\ny,,joy,anna,d2,,\n", 4);
        FeaturesCorpus corpus = FeaturesCorpus.open(folder);
        assertEquals(List.of("fear", "joy"), corpus.labels().names());
        List<Dialogue> dialogues = Dialogue.of(corpus.utterances());
        assertEquals(
                List.of("a", "b"),
                dialogues.get(0).utterances().stream().map(Utterance::id).toList());
        assertEquals(
                List.of("x", "y"),
                dialogues.get(1).utterances().stream().map(Utterance::id).toList());
        Utterance a = dialogues.get(0).utterances().getFirst();
        Vectors vectors = Objects.requireNonNull(a.vectors());
        assertArrayEquals(new float[] {4, 5}, vectors.audio());
        assertEquals(3, vectors.textSize());
        assertNull(a.audio());
        assertNull(dialogues.get(1).utterances().getFirst().emotion());
        assertTrue(corpus.verify().ok());
        assertEquals(
                "warning vector: text.npy: all 3 columns are the same in every utterance, so they tell nothing;"
                        + " make the file again, or leave it out",
                corpus.verify().lines().getFirst());
        assertTrue(corpus.verify().lines().getLast().endsWith(" 0 errors, 1 warning: look at the warnings"));
    }

    @Test
    void open_rowsThatDiffer_namesFileAndBothCounts() throws IOException {
        write(HEADER + "a,,joy,,d,,\nb,,joy,,d,,\n", 3);
        assertEquals(
                folder.resolve("audio.npy") + ": has 3 rows, utterances.csv has 2 lines below its header; row i must"
                        + " belong to line i",
                Refusal.of(() -> FeaturesCorpus.open(folder)));
    }

    @Test
    void open_valueNotFinite_namesRowColumnAndLine() throws IOException {
        write(HEADER + "a,,joy,,d,,\nb,,joy,,d,,\n", 2);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            Npy.write(folder.resolve("text.npy"), new int[] {2, 3}, new float[] {0, 0, 0, 0, bad, 0});
            String message = Refusal.of(() -> FeaturesCorpus.open(folder));
            assertTrue(message.contains("text.npy row 1, column 1") && message.contains("line 3"), message);
        }
    }

    @Test
    void open_shapeWithoutColumns_isRefused() throws IOException {
        write(HEADER + "a,,joy,,d,,\n", 1);
        Npy.write(folder.resolve("text.npy"), new int[] {1}, new float[] {1});
        assertTrue(Refusal.of(() -> FeaturesCorpus.open(folder)).contains("expected [utterances, features]"));
    }

    @Test
    void open_dialogueInTwoPartsOrSessions_namesBothLines() throws IOException {
        write(HEADER + "a,,joy,,d,0,train\nb,,joy,,e,0,test\nc,,joy,,d,1,test\n", 3);
        String message = Refusal.of(() -> FeaturesCorpus.open(folder));
        assertTrue(message.contains("line 4: dialogue \"d\" is in split \"test\" here and in \"train\" at"), message);
        assertTrue(message.contains("line 2"), message);
        write("id,emotion,dialogue,session\na,joy,d,s1\nb,joy,d,s2\n", 2);
        message = Refusal.of(() -> FeaturesCorpus.open(folder));
        assertTrue(message.contains("line 3: dialogue \"d\" is in session \"s2\" here and in \"s1\" at"), message);
        assertTrue(message.endsWith("a dialogue is in one session"), message);
    }

    @Test
    void open_dialogueMissing_isRefused() throws IOException {
        write("id,emotion\na,joy\n", 1);
        assertTrue(Refusal.of(() -> FeaturesCorpus.open(folder)).contains("line 1: there is no column \"dialogue\""));
        write(HEADER + "a,,joy,,d,,\nb,,joy,,,,\n", 2);
        assertTrue(Refusal.of(() -> FeaturesCorpus.open(folder)).contains("line 3: names no dialogue"));
    }

    @Test
    void open_turnTwiceOrSometimesMissing_namesBothLines() throws IOException {
        write(HEADER + "a,,joy,,d,7,\nb,,joy,,e,7,\nc,,joy,,d,7,\n", 3);
        String twice = Refusal.of(() -> FeaturesCorpus.open(folder));
        assertTrue(twice.contains("line 4: dialogue \"d\" has turn 7 already at"), twice);
        write(HEADER + "a,,joy,,d,7,\nb,,joy,,d,,\n", 2);
        String missing = Refusal.of(() -> FeaturesCorpus.open(folder));
        assertTrue(missing.contains("line 3: dialogue \"d\" has no turn here and turn 7 at"), missing);
    }

    @Test
    void open_noFiles_saysWhatIsMissing() throws IOException {
        assertTrue(Refusal.of(() -> FeaturesCorpus.open(folder)).contains("there is no utterances.csv"));
        Files.writeString(folder.resolve("utterances.csv"), HEADER + "a,,joy,,d,,\n");
        assertTrue(Refusal.of(() -> FeaturesCorpus.open(folder)).contains("neither audio.npy nor text.npy"));
    }
}
