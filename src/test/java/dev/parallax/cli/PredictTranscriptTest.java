package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.transcript.Talks;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/// The answers of `predict` to the turns of a talk, in each format of transcripts.
class PredictTranscriptTest {

    private static final int RATE = 16_000;
    private static final int SECONDS = 66;

    @TempDir
    static Path folder;

    private static TrainedRun made;
    private static Path talk;

    /// A talk of the recordings of the corpus, one after the other.
    @BeforeAll
    static void makeAndTrain() throws IOException {
        made = TrainedRun.in(folder);
        float[] samples = new float[SECONDS * RATE];
        int at = 0;
        while (at < samples.length) {
            for (Path clip : clips()) {
                Audio audio = AudioFile.read(clip);
                assertEquals(RATE, audio.sampleRate());
                int count = Math.min(audio.samples().length, samples.length - at);
                System.arraycopy(audio.samples(), 0, samples, at, count);
                at += count;
            }
        }
        talk = folder.resolve("talk.wav");
        WavWriter.PCM_16.write(talk, new Audio(samples, RATE));
    }

    private static List<Path> clips() throws IOException {
        try (Stream<Path> all = Files.list(made.corpus().resolve("wav"))) {
            return all.sorted().toList();
        }
    }

    private static Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("talk.transcript"), text);
    }

    private static Outcome predict(String transcript, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "--audio", talk.toString(), "--transcript", written(transcript).toString()));
        args.addAll(List.of(more));
        return made.predict(args.toArray(new String[0]));
    }

    private static List<JsonObject> turns(Outcome outcome) {
        return outcome.json().array("turns").objects();
    }

    @Test
    void predict_turn_isAnsweredAsItsStretchInAFileOfItsOwn() throws IOException {
        List<JsonObject> turns =
                turns(predict(Talks.written().findFirst().orElseThrow().text(), "--json"));
        assertEquals(3, turns.size());
        for (JsonObject turn : turns) {
            long start = Math.round(turn.number("from") * RATE);
            int length = (int) (Math.round(turn.number("to") * RATE) - start);
            Path stretch = folder.resolve("stretch.wav");
            try (AudioFile file = AudioFile.open(talk, _ -> {})) {
                WavWriter.PCM_16.write(stretch, file.read(start, length));
            }
            JsonObject alone = made.predict("--audio", stretch.toString(), "--text", turn.text("sentence"), "--json")
                    .json();
            for (String field : List.of(
                    "fused", "audio", "text", "decision", "decidedBy", "sure", "disagreement", "warnings", "labels")) {
                assertEquals(alone.get(field), turn.get(field), field);
            }
        }
    }

    @Test
    void predict_sameTalkInEachFormat_hasTheSameAnswers() throws IOException {
        List<JsonObject> first = null;
        for (Talks.Written written : Talks.written().toList()) {
            Outcome outcome = predict(written.text(), "--json");
            assertEquals(0, outcome.code(), outcome.err());
            first = first == null ? turns(outcome) : first;
            assertEquals(first, turns(outcome), written.toString());
            assertEquals(written.format(), outcome.json().text("transcriptFormat"));
        }
    }

    @Test
    void predict_anyNumberOfThreads_givesTheSameBits() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append("[00:")
                    .append(i + 10)
                    .append(".000 --> 00:")
                    .append(i + 12)
                    .append(".500] Anna: so glad\n");
        }
        String one = predict(text.toString(), "--threads", "1", "--json").out();
        assertEquals(one, predict(text.toString(), "--threads", "3", "--json").out());
    }

    @Test
    void predict_timesOutsideTheRecording_areSaidAndCostNoTurn() throws IOException {
        Outcome outcome = predict("""
                1
                -00:00:01,000 --> 00:00:02,000
                begins before

                2
                00:00:05,000 --> 00:00:03,000
                is reversed

                3
                00:00:06,000 --> 00:00:06,050
                is short

                4
                00:01:05,000 --> 00:02:00,000
                ends after

                5
                00:02:00,000 --> 00:02:02,000
                lies after

                6
                00:00:07,000 --> 00:00:09,000
                [Music]
                """, "--json");
        assertEquals(0, outcome.code(), outcome.err());
        List<JsonObject> turns = turns(outcome);
        List<String> first = turns.stream()
                .map(turn -> turn.array("warnings").texts().getFirst())
                .toList();
        assertEquals(
                List.of(
                        "the turn starts before the recording; it is heard from the first sample",
                        "the turn does not end after its start, so nothing of it is heard",
                        "the turn has less than 0.1 s of sound, so nothing of it is heard",
                        "the text of the turn only describes a sound, so nothing is read",
                        "the turn ends after the recording; it is heard to the last sample",
                        "the turn lies after the recording, so nothing of it is heard"),
                first);
        assertEquals(
                List.of(true, false, false, true, true, false),
                turns.stream()
                        .map(turn -> turn.get("audio") instanceof JsonObject)
                        .toList());
        assertEquals(
                List.of(true, true, true, false, true, true),
                turns.stream()
                        .map(turn -> turn.get("text") instanceof JsonObject)
                        .toList());
        String told = outcome.json().array("warnings").texts().toString();
        assertTrue(told.contains("turn 6: the turn lies after the recording, so nothing of it is heard"), told);
    }

    @Test
    void predict_turnWithNothingToAnswer_hasTheReasonAndTheOthersGoOn() throws IOException {
        Outcome outcome = predict("[02:00.000 --> 02:01.000] [Music]\n[00:01.000 --> 00:02.000] so glad\n", "--json");
        assertEquals(1, outcome.code());
        List<JsonObject> turns = turns(outcome);
        assertEquals("so glad", turns.getFirst().text("sentence"));
        assertTrue(turns.getFirst().get("fused") instanceof JsonObject);
        assertTrue(
                turns.getLast().text("error").startsWith("the turn lies after the recording"),
                turns.getLast().toString());
        assertTrue(outcome.err().contains("1 of 2 turns could not be answered"), outcome.err());
    }

    @Test
    void predict_forPeople_hasATurnWithBothPerspectives() throws IOException {
        Outcome outcome = predict(Talks.written().findFirst().orElseThrow().text());
        assertEquals(0, outcome.code(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(7, lines.size(), outcome.out());
        assertEquals("1. 1.00 to 2.35  Anna: so glad you came", lines.getFirst());
        assertTrue(lines.get(1).matches("    .*\\[fused: \\w+ 0\\.\\d\\d, audio: .*, text: .*\\]"), lines.get(1));
        assertTrue(lines.getLast().startsWith("3 turns, "), lines.getLast());
        assertTrue(outcome.err().contains("transcript: ELAN, 3 turns"), outcome.err());
    }

    @Test
    void predict_wordsAlone_needNoRecording() throws IOException {
        Path lines = written("Anna: so glad you came\nBen: =oh no\n");
        Outcome outcome = made.predict("--transcript", lines.toString(), "--csv");
        assertEquals(0, outcome.code(), outcome.err());
        Csv table = Csv.parse(outcome.out(), "stdout");
        assertEquals(
                List.of("Anna", "Ben"),
                table.rows().stream().map(row -> row.get("speaker")).toList());
        assertEquals("=oh no", table.rows().getLast().get("sentence"));
        assertEquals("", table.rows().getFirst().get("from"));
        assertEquals("text", table.rows().getFirst().get("decidedBy"));
        double sum = 0;
        for (String label : List.of("joy", "fear")) {
            sum += Double.parseDouble(table.rows().getFirst().get("p " + label));
        }
        assertEquals(1, sum, 1e-9);
    }

    @Test
    void predict_outFolder_hasAPageWithItsSound() throws IOException {
        Path out = folder.resolve("page");
        String evil = "<script>alert(1)</script> & \"so\"";
        Outcome outcome = predict(
                "[00:01.000 --> 00:03.500] Anna: " + evil + "\n[01:02.000 --> 01:04.000] no\n", "--out", out + "");
        assertEquals(0, outcome.code(), outcome.err());
        assertArrayEquals(Files.readAllBytes(talk), Files.readAllBytes(out.resolve("audio.wav")));
        String page = Files.readString(out.resolve("report.html"));
        assertDoesNotThrow(
                () -> DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(page.replace("<!DOCTYPE html>\n", "")))),
                "the page is well-formed");
        assertTrue(page.contains("src=\"audio.wav\""));
        assertTrue(page.contains("data-from=\"1.0\" data-to=\"3.5\""), "its stretch");
        assertFalse(page.contains("<script>alert"), "words stay words");
        assertTrue(page.contains("<bdi class=\"who\" title=\"Anna\">Anna</bdi>"), "the whole name, its own direction");
        assertTrue(page.contains("Audio and text name different emotions in "), "both answer");
        assertFalse(page.contains("src=\"http"), "it needs no network");
        assertTrue(page.contains("href=\"#minute1\"") && page.contains("id=\"minute1\""));
        Csv table = Csv.read(out.resolve("figures/turns.csv"));
        assertEquals(evil, table.rows().getFirst().get("sentence"));
        Outcome again = predict("[00:01.000 --> 00:03.500] no\n", "--out", out.toString());
        assertEquals(2, again.code());
        assertTrue(again.err().contains("holds something already; give a new folder"), again.err());
    }

    @Test
    void predict_outFolderOfWordsAlone_hasTheSentencesAndNoSound() throws IOException {
        Path out = folder.resolve("words");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append("Speaker").append(i).append(": so glad you came\n");
        }
        Outcome outcome = made.predict("--transcript", written(text.toString()).toString(), "--out", out.toString());
        assertEquals(0, outcome.code(), outcome.err());
        String page = Files.readString(out.resolve("report.html"));
        assertFalse(page.contains("<audio") || page.contains("data-from=\""), "nothing to play");
        assertTrue(page.contains("20 turns in ") && !page.contains("Audio and text name different emotions in "));
        assertFalse(Files.exists(out.resolve("audio.wav")));
        assertEquals(20, page.split("<q><bdi>so glad you came</bdi></q>", -1).length - 1);
        assertTrue(page.contains(">all others<"), "of very many speakers the last share a row");
    }

    /// What is not asked for does not make a start slower.
    @Test
    void predict_withoutTranscript_loadsNoClassOfIt() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "predict",
                "--text",
                "so glad");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        String classes = Files.readString(loaded);
        assertTrue(classes.contains("dev.parallax.cli.predict.PredictCommand "));
        for (String part :
                List.of("dev.parallax.transcript.", "model.turns.", "report.", "predict.PredictTranscript ")) {
            assertFalse(classes.contains(part), part);
        }
    }

    /// A file that is damaged is refused before anything is computed or written.
    @Test
    void predict_damagedTranscript_isOneLineAndWritesNothing() throws IOException {
        Path out = folder.resolve("none");
        Outcome outcome = predict("1\n0:01,0 --> 0:0x,0\nso glad\n", "--out", out.toString(), "--json");
        assertEquals(2, outcome.code());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains("talk.transcript line 2: \"0:01,0 --> 0:0x,0\" is no pair of times"));
        assertFalse(Files.exists(out));
    }

    @Test
    void predict_wrongUsage_isOneLine() throws IOException {
        String timed = written("[00:01.000 --> 00:02.000] so glad\n").toString();
        String plain =
                Files.writeString(folder.resolve("plain.txt"), "so glad\n").toString();
        String audio = talk.toString();
        String[][] wrong = {
            {"--text is not for --transcript", "--transcript", timed, "--text", "so"},
            {"--segments is not for --transcript", "--transcript", timed, "--audio", audio, "--segments"},
            {"--manifest is not for --transcript", "--transcript", timed, "--manifest", "m.csv"},
            {"--csv and --json are two forms", "--transcript", timed, "--csv", "--json"},
            {"--csv is for the turns of a talk", "--audio", audio, "--csv"},
            {"--out is for the turns of a talk", "--audio", audio, "--out", "x"},
            {"--transcript hears one channel", "--transcript", timed, "--audio", audio, "--channel", "each"},
            {"--channel is one of a recording", "--transcript", timed, "--channel", "left"},
            {"its lines have no times", "--transcript", plain, "--audio", audio},
            {"--transcript is read from a file, not from standard input", "--transcript", "-"},
            {"no such file", "--transcript", folder.resolve("nowhere.srt").toString()},
        };
        for (String[] line : wrong) {
            Outcome outcome = made.predict(List.of(line).subList(1, line.length).toArray(new String[0]));
            assertEquals(2, outcome.code(), line[0]);
            assertTrue(outcome.err().contains(line[0]), outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
        }
    }

    /// A model that fuses the inputs hears each word when the transcript says that it is said.
    @Test
    void predict_timesOfWords_areThoseOfTheOptionTimes() throws IOException {
        Path early = folder.resolve("early");
        Outcome trained = made.train(early, "--fusion", "early-add");
        assertEquals(0, trained.code(), trained.err());
        Path stretch = folder.resolve("timed.wav");
        try (AudioFile file = AudioFile.open(talk, _ -> {})) {
            WavWriter.PCM_16.write(stretch, file.read(RATE, 2 * RATE));
        }
        String[] question = {"predict", "--model", early.toString(), "--json"};
        Path words = written("""
                [{"start": 1, "end": 3, "text": "so glad you came", "words": [
                  {"word": "so", "start": 1, "end": 2.5}, {"word": "glad", "start": 2.5, "end": 2.625},
                  {"word": "you", "start": 2.625, "end": 2.75}, {"word": "came", "start": 2.75, "end": 3}]}]
                """);
        JsonObject turn = turns(Outcome.of(with(question, "--audio", talk + "", "--transcript", words + "")))
                .getFirst();
        String[] alone = with(question, "--audio", stretch + "", "--text", "so glad you came");
        JsonObject timed = Outcome.of(with(alone, "--times", "0-1.5 1.5-1.625 1.625-1.75 1.75-2"))
                .json();
        assertEquals(timed.get("fused"), turn.get("fused"));
        assertNotEquals(Outcome.of(alone).json().get("fused"), turn.get("fused"), "the times matter");
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void predict_modelThatDoesNotListen_saysSoOnce() throws IOException {
        Path reader = folder.resolve("reader");
        Outcome trained = made.train(reader, "--modalities", "text");
        assertEquals(0, trained.code(), trained.err());
        Outcome outcome = Outcome.of(
                "predict",
                "--model",
                reader.toString(),
                "--audio",
                talk.toString(),
                "--transcript",
                written("[00:01.000 --> 00:02.000] so glad\n[00:03.000 --> 00:04.000] oh no\n")
                        .toString(),
                "--json");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(
                1,
                outcome.json().array("warnings").texts().stream()
                        .filter(warning -> warning.contains("does not listen"))
                        .count());
        assertTrue(turns(outcome).getFirst().get("audio") instanceof Json.Null);
    }
}
