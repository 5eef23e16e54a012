package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestCorpusTest {

    @TempDir
    private Path folder;

    @Test
    void open_everyColumnWithMarkAndCarriageReturns_isRead() throws IOException {
        Clips.write(folder.resolve("wav/a.wav"), Clips.noise(1, 0.5));
        String content = """
                id,audio,text,emotion,speaker,session,dialogue,turn,script,split
                u1,wav/a.wav,"well, ""fine""\",joy,anna,s1,d1,0,scene 3,train
                u2,, only words ,anger,bert,s1,d1,1,,test
                """;
        char byteOrderMark = 0xFEFF;
        ManifestCorpus corpus = open(byteOrderMark + content.replace("\n", "\r\n"));
        Utterance first = corpus.utterances().getFirst();
        Utterance second = corpus.utterances().getLast();
        assertEquals("well, \"fine\"", first.text());
        assertEquals("anna", first.speaker());
        assertEquals("d1", first.dialogue());
        assertEquals(0, first.turn());
        assertEquals("s1", first.session());
        assertEquals("scene 3", first.script());
        assertNull(second.script());
        assertEquals("train", first.split());
        AudioSource audio = first.audio();
        assertNotNull(audio);
        assertEquals(8000, audio.read().samples().length);
        assertNull(second.audio());
        assertEquals("only words", second.text());
        assertEquals(Labels.of("anger", "joy"), corpus.labels());
        assertTrue(corpus.verify().ok());
    }

    @Test
    void open_fewColumns_fillsInTheRest() throws IOException {
        ManifestCorpus corpus = open("text,emotoin\nhello,joy\nbye,\n");
        Utterance utterance = corpus.utterances().getLast();
        assertEquals("line-3", utterance.id());
        assertNull(utterance.emotion());
        assertNull(utterance.speaker());
        assertEquals(-1, utterance.turn());
        assertEquals(List.of("column \"emotoin\" is not read; did you mean \"emotion\"?"), corpus.notes());
    }

    @Test
    void open_tableOfExcel_isReadAndSaid() throws IOException {
        ManifestCorpus corpus = open("sep=;\r\nID;Text ;Emotion;Label;\r\n1;well, fine;joy;x;\r\n;;;;\r\n");
        Utterance only = corpus.utterances().getFirst();
        assertEquals("well, fine", only.text());
        assertEquals("joy", only.emotion());
        assertEquals(
                List.of(
                        "columns are separated by semicolons",
                        "1 empty row passed over",
                        "column \"ID\" is read as \"id\"",
                        "column \"Text\" is read as \"text\"",
                        "column \"Emotion\" is read as \"emotion\"",
                        "column \"Label\" is not read"),
                corpus.notes());
    }

    @Test
    void open_columnsUnderOtherNames_areNamed() throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.csv"), "file_path,Label\na.wav,joy\n");
        assertFault(
                "line 1: there is no column \"audio\" and no column \"text\", only [file_path, Label];"
                        + " call the column \"file_path\" \"audio\", \"Label\" \"emotion\"",
                () -> ManifestCorpus.open(manifest));
        assertEquals(
                List.of("column \"label\" is not read; did you mean \"emotion\"?"),
                open("text,label\nhi,joy\n").notes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    id,emotion#1,joy                  | line 1: there is no column "audio" and no column "text"
                    id,audio,text#1,,                 | line 2: there is neither audio nor text
                    id,text#1,a#1,b                   | line 3: id "1" stands already in line 2
                    audio,emotion#a.wav,joy#a.wav,fear | line 3: the recording "a.wav" stands already in line 2; keep one
                    text,turn#a,-1                    | line 2: turn "-1" is not a whole number
                    text,split#a,tset                 | line 2: split "tset" is not one of [train, val, test]; did you mean "test"?
                    audio#/etc/passwd                 | line 2: audio "/etc/passwd" leaves the manifest's folder
                    audio#../a.wav                    | line 2: audio "../a.wav" leaves the manifest's folder
                    audio#wav/../../a.wav             | line 2: audio "wav/../../a.wav" leaves the manifest's folder
                    text                              | there is no line below the header
                    """)
    void open_fault_isOneLineWithItsPlace(String content, String message) throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.csv"), content.replace('#', '\n') + "\n");
        assertFault(message, () -> ManifestCorpus.open(manifest));
    }

    @Test
    void open_linkOutOfTheFolder_isRefused() throws IOException {
        Path outside = Clips.write(folder.resolve("outside/a.wav"), Clips.noise(1, 0.5));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("a.wav"), outside);
        Files.createSymbolicLink(inside.resolve("wav"), outside.getParent());
        for (String audio : List.of("a.wav", "wav/a.wav")) {
            Path manifest = Files.writeString(inside.resolve("m.csv"), "audio\n" + audio + "\n");
            assertFault("leaves the manifest's folder", () -> ManifestCorpus.open(manifest));
        }
    }

    @Test
    void open_root_findsRecordingsElsewhereAndNowhereElse() throws IOException {
        Path recordings = folder.resolve("elsewhere");
        Clips.write(recordings.resolve("wav/a.wav"), Clips.noise(1, 0.5));
        Path manifest = Files.writeString(folder.resolve("m.csv"), "audio,emotion\nwav/a.wav,joy\n");
        Utterance only =
                Corpora.open("manifest:" + manifest, recordings).utterances().getFirst();
        assertEquals("wav/a.wav", only.id());
        assertEquals(8000, Objects.requireNonNull(only.audio()).read().samples().length);
        Files.writeString(manifest, "audio\n../m.wav\n");
        assertFault("leaves the folder " + recordings + " of ‹root›", () -> ManifestCorpus.open(manifest, recordings));
        assertFault("or say with ‹root DIR› where they lie", () -> ManifestCorpus.open(manifest));
        assertFault("there is no such folder", () -> ManifestCorpus.open(manifest, folder.resolve("nowhere")));
        assertFault("is none; leave it out", () -> Corpora.open("synthetic:1", recordings));
    }

    @Test
    void verify_labelColumnOfAnotherName_isAnErrorThatNamesTheRightOne() throws IOException {
        List<String> lines =
                open("text,label\nwords,joy\nothers,fear\n").verify().lines();
        assertTrue(
                lines.getFirst().startsWith("error label: no utterance has an emotion")
                        && lines.getFirst().contains("call the column \"label\" \"emotion\""),
                lines::toString);
        assertTrue(lines.getLast().endsWith(": mend the errors before you train on it"), lines::toString);
    }

    @Test
    void verify_rareLabelNearAnother_isAWarning() throws IOException {
        String rows = ",words,anger\n".repeat(5) + ",words,joy\n".repeat(5) + ",words,angre\n";
        List<String> lines = open("audio,text,emotion\n" + rows).verify().lines();
        assertTrue(
                lines.contains("warning label: emotion \"angre\" occurs once; did you mean \"anger\"?"),
                lines::toString);
    }

    @Test
    void verify_missingRecordingsAndMistypedLabels_listsAll() throws IOException {
        StringBuilder csv = new StringBuilder("audio,text,emotion,speaker,split,dialogue,session\n");
        for (int i = 0; i < 20; i++) {
            csv.append(",words,happiness,anna,train,d1,s1\n");
        }
        csv.append("no.wav,,hapiness,anna,test,d1,s2\nneither.wav,,happiness,,test,,\n");
        ManifestCorpus corpus = open(csv.toString());
        String typing = "emotion \"hapiness\" occurs once; did you mean \"happiness\"?";
        assertEquals(List.of(typing), corpus.notes());
        List<String> lines = corpus.verify().lines();
        for (String part : List.of(
                "no.wav: no such file",
                "neither.wav: no such file",
                typing,
                "speaker anna is in train and test",
                "dialogue d1 is in sessions s1 and s2",
                "1 utterance has no speaker")) {
            assertTrue(lines.stream().anyMatch(line -> line.contains(part)), part + " is not in " + lines);
        }
    }

    private ManifestCorpus open(String content) throws IOException {
        return ManifestCorpus.open(Files.writeString(folder.resolve("m.csv"), content));
    }

    private static void assertFault(String part, Runnable open) {
        String message = Refusal.of(open);
        assertTrue(message.contains(part), message + " does not contain " + part);
    }
}
