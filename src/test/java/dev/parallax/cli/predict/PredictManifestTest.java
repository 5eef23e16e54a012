package dev.parallax.cli.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.backend.select.Backends;
import dev.parallax.cli.Outcome;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.StandardStream;
import dev.parallax.corpus.ManifestTable;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.Prediction;
import dev.parallax.model.Starter;
import dev.parallax.model.document.PredictionJson;
import dev.parallax.model.domain.HeardRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A row that cannot be answered, for whatever reason, does not affect the answers to other rows.
class PredictManifestTest {

    private static EmotionModel starter;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void loadTheStarter() {
        starter = Starter.load(Backends.choose("scalar", _ -> {}));
    }

    private int run(String table, Function<String, List<Prediction>> answering, boolean debug) throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.csv"), table);
        Console console = new Console(new StandardStream(out), new StandardStream(err), false, true, debug);
        return new PredictManifest(
                        ManifestTable.read(manifest),
                        false,
                        json(),
                        rows -> answering.apply(String.valueOf(rows.getFirst().text())),
                        console)
                .run(2);
    }

    private static PredictionJson json() {
        return new PredictionJson("starter", starter, () -> ModelHashes.of(Starter.file()), OptionNames::in);
    }

    private static List<Prediction> answer(String text) {
        return List.of(starter.predict((Audio) null, text));
    }

    private List<JsonObject> lines() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Json.parseObject(line, "line"))
                .toList();
    }

    @Test
    void run_faultOfTheProgram_isALineAndTheRestGoesOn() throws IOException {
        Function<String, List<Prediction>> faulty = text -> {
            if (text.equals("bug")) {
                throw new IllegalStateException("boom");
            }
            return answer(text);
        };
        assertEquals(1, run("text\nhello\nbug\nbye\n", faulty, false));
        assertEquals(
                List.of(false, true, false),
                lines().stream().map(line -> line.has("error")).toList());
        assertEquals(
                "internal error: java.lang.IllegalStateException: boom (an error in Parallax; --debug shows the"
                        + " stack trace)",
                lines().get(1).text("error"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(1, run("text\nbug\n", faulty, true));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("\tat dev.parallax.cli."));
    }

    @Test
    void run_sameIds_areToldOnce() throws IOException {
        assertEquals(0, run("id,text\na,hello\na,bye\na,so\nb,well\n", PredictManifestTest::answer, false));
        assertEquals(
                "warning: manifest: 2 ids stand twice (the first: \"a\" of line 3 stands already in line 2), so answers"
                        + " have the same id\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void run_memoryThatDoesNotSuffice_isALineAndTheRestGoesOn() throws IOException {
        Function<String, List<Prediction>> greedy = text -> {
            if (text.equals("huge")) {
                throw new OutOfMemoryError("Java heap space");
            }
            return answer(text);
        };
        assertEquals(1, run("text\nhello\nhuge\nbye\n", greedy, false));
        assertEquals(3, lines().size());
        assertTrue(lines().get(1).text("error").startsWith("out of memory for this row; give it more"));
        assertTrue(lines().get(2).has("text"));
    }

    @Test
    void run_rowThatLacksMemoryBesideOthers_isAnsweredAlone() throws IOException {
        boolean[] isAskedAgain = new boolean[1];
        Function<String, List<Prediction>> crowded = text -> {
            if (text.equals("large") && !isAskedAgain[0]) {
                isAskedAgain[0] = true;
                throw new OutOfMemoryError("Java heap space");
            }
            return answer(text);
        };
        assertEquals(0, run("text\nhello\nlarge\nbye\n", crowded, false));
        assertTrue(lines().stream().noneMatch(line -> line.has("error")));
    }

    @Test
    void predict_oddRows_areEachALineOfTheirOwn() throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.csv"), """
                Id;AUDIO;Text;Turn;note
                1;;hello;;x
                2;;"  ";;
                ;;;;
                3;;[];;
                4;nowhere.wav;;;
                5;m.csv;;;
                6;../secret.wav;;;
                7;;bye;;
                """);
        Outcome outcome = Outcome.of("predict", "--manifest", manifest.toString());
        assertEquals(1, outcome.code(), outcome.err());
        List<JsonObject> lines = outcome.out()
                .lines()
                .map(line -> Json.parseObject(line, "line"))
                .toList();
        assertEquals(
                List.of("1", "2", "3", "4", "5", "6", "7"),
                lines.stream().map(line -> line.text("id")).toList());
        assertEquals(
                List.of(false, true, true, true, true, true, false),
                lines.stream().map(line -> line.has("error")).toList());
        assertEquals(
                manifest + " line 3: there is neither audio nor text; give one of them",
                lines.get(1).text("error"));
        assertEquals(
                "predict: the text \"[]\" holds no word; give what was said",
                lines.get(2).text("error"));
        for (String note : List.of(
                "manifest: columns are separated by semicolons",
                "manifest: column \"AUDIO\" is read as \"audio\"",
                "manifest: column \"note\" is not read",
                "manifest: 1 empty row passed over")) {
            assertTrue(outcome.err().contains(note), outcome.err());
        }
    }

    @Test
    void predict_veryLongTexts_areAnsweredAndSaid() throws IOException {
        String words = "we never call the angry window ".repeat(40_000);
        Path manifest = Files.writeString(
                folder.resolve("m.csv"), "text\nhello\n" + "a".repeat(3_000_000) + "\n" + words + "\nbye\n");
        Outcome outcome = Outcome.of("predict", "--manifest", manifest.toString(), "--threads", "1", "--quiet");
        assertEquals(0, outcome.code(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(1).contains("a word of the text is longer than 1024 characters; its beginning is read"));
        assertTrue(lines.get(2).contains("the text has 240000 tokens; the first 2048 are read"));
        assertFalse(lines.get(3).contains("are read"));
    }

    @Test
    void predict_headerAlone_saysSo() throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.csv"), "id,text\n");
        Outcome outcome = Outcome.of("predict", "--manifest", manifest.toString());
        assertEquals(0, outcome.code());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("there is no line below the header"), outcome.err());
    }

    @Test
    void predict_emptyText_isCalledEmpty() {
        for (String text : List.of("", "  ", "\u200B\u00A0")) {
            Outcome outcome = Outcome.of("predict", "--text", text);
            assertEquals(2, outcome.code());
            assertEquals(
                    "parallax: predict: --text is empty; write what was said: --text \"so glad you came\"",
                    outcome.err().strip());
        }
    }

    /// Five made-up recordings of anna and one of bob: features are adapted to her, and stay as in training for
    /// him.
    @Test
    void run_columnSpeaker_adaptsToWhoHasRecordingsEnough() throws IOException {
        StringBuilder table = new StringBuilder("id,audio,speaker\n");
        for (int i = 0; i < 6; i++) {
            WavWriter.FLOAT_32.write(folder.resolve(i + ".wav"), tone(i));
            table.append(i)
                    .append(',')
                    .append(i)
                    .append(".wav,")
                    .append(i == 1 ? "Anna" : i < 5 ? "anna" : "bob")
                    .append('\n');
        }
        Path manifest = Files.writeString(folder.resolve("m.csv"), table.toString());
        List<JsonObject> adapted = answers(manifest, true);
        List<JsonObject> asTrained = answers(manifest, false);
        for (int i = 0; i < 6; i++) {
            boolean hers = i < 5;
            boolean said = adapted.get(i).array("warnings").texts().stream()
                    .anyMatch(warning -> warning.contains("adapted to speaker anna over 5 recordings"));
            assertEquals(hers, said, adapted.get(i).toText());
            assertEquals(
                    !hers,
                    adapted.get(i).object("audio").equals(asTrained.get(i).object("audio")),
                    "row " + i);
        }
    }

    /// A recording is decoded once, for the speaker and for its answer; without memory for its features it is
    /// decoded again, and nothing else changes.
    @Test
    void of_speaker_decodesOnceAndAnswersAsIfEachWereReadAgain() throws IOException {
        StringBuilder table = new StringBuilder("id,audio,speaker\n");
        List<HeardRecording> recordings = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Path file = folder.resolve(i + ".wav");
            WavWriter.FLOAT_32.write(file, i == 0 ? longer() : tone(i));
            recordings.add(starter.hear(new FileAudio(file)));
            table.append(i).append(',').append(i).append(".wav,anna\n");
        }
        List<ManifestTable.Row> rows = ManifestTable.read(Files.writeString(folder.resolve("m.csv"), table))
                .rows();
        Console console = new Console(new StandardStream(out), new StandardStream(err), false, true, false);
        EmotionModel hers = starter.adaptedTo("anna", recordings);
        for (int threads : new int[] {1, 3}) {
            SpeakerModels kept = SpeakerModels.of(starter, rows, Channel.MEAN, true, threads, console);
            SpeakerModels none = SpeakerModels.of(starter, rows, Channel.MEAN, true, threads, 0, console);
            for (ManifestTable.Row row : rows) {
                Path file = Objects.requireNonNull(row.audio());
                Prediction expected = hers.predict(file, null);
                HeardRecording heard = kept.take(row);
                assertNotNull(heard);
                assertEquals(expected, ((EmotionModel) kept.of(row)).predict(heard, null, null));
                assertEquals(expected, ((EmotionModel) none.of(row)).predict(file, null));
                assertNull(none.take(row));
                assertNull(kept.take(row), "kept until it is answered");
            }
        }
    }

    /// The threshold of a sure answer was fitted on features as in training.
    @Test
    void adaptedTo_fewRecordings_isNeverSureByEar() throws IOException {
        Path file = folder.resolve("0.wav");
        WavWriter.FLOAT_32.write(file, tone(0));
        List<HeardRecording> recordings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            recordings.add(starter.hear(new FileAudio(file)));
        }
        EmotionModel few = starter.adaptedTo("anna", recordings.subList(0, 19));
        assertEquals(List.of(View.FUSED, View.AUDIO), few.rules().viewsNeverSure());
        assertTrue(few.predict(file, null)
                .warnings()
                .contains(
                        "features are adapted to speaker anna over 19 recordings; no answer by ear is called sure with"
                                + " fewer than 20"));
        assertEquals(starter.rules(), starter.adaptedTo("anna", recordings).rules());
    }

    /// Whatever is wrong with a row, adapting to its speaker ignores it, and its answer reports it.
    @Test
    void of_badRowsOfASpeaker_costOnlyThemselves() throws IOException {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        table.writeBytes("id,audio,speaker\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 6; i++) {
            WavWriter.FLOAT_32.write(folder.resolve(i + ".wav"), tone(i));
            table.writeBytes((i + "," + i + ".wav,anna\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("damaged.wav"), "RIFF nothing");
        String bad = """
                a,w/../../etc/passwd,anna
                b,/etc/passwd,anna
                c,gone.wav,anna
                d,damaged.wav,anna
                e,1.wav,anna,more
                f,1.wav
                g,1\0.wav,anna
                h,1.wav,ann\u00e4
                """;
        table.writeBytes(bad.getBytes(StandardCharsets.ISO_8859_1));
        table.writeBytes("z,2.wav,anna\n".getBytes(StandardCharsets.UTF_8));
        Path manifest = Files.write(folder.resolve("m.csv"), table.toByteArray());
        List<JsonObject> alone = answers(manifest, false, 1);
        List<JsonObject> lines = answers(manifest, true, 1);
        assertEquals(15, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            boolean isBad = i >= 6 && i < 14;
            assertEquals(isBad, lines.get(i).has("error"), lines.get(i).toString());
            if (isBad) {
                assertEquals(alone.get(i), lines.get(i));
            }
        }
        assertTrue(lines.get(10).text("error").contains("m.csv line 12: has 4 cells, the header has 3"));
        assertTrue(lines.get(12).text("error").contains("m.csv line 14: holds a zero byte"));
        assertTrue(lines.get(13).text("error").contains("m.csv line 15: byte 0xE4 is not UTF-8"));
    }

    /// A recording of three windows.
    private static Audio longer() {
        float[] x = new float[40 * 16000];
        for (int i = 0; i < x.length; i += 16000) {
            System.arraycopy(tone(i / 16000 % 5).samples(), 0, x, i, 16000);
        }
        return new Audio(x, 16000);
    }

    private List<JsonObject> answers(Path manifest, boolean adapt) {
        return answers(manifest, adapt, 0);
    }

    private List<JsonObject> answers(Path manifest, boolean adapt, int exitCode) {
        out.reset();
        Console console = new Console(new StandardStream(out), new StandardStream(err), false, true, false);
        assertEquals(
                exitCode,
                PredictManifest.of(starter, json(), manifest, null, Channel.MEAN, adapt, 2, console)
                        .run(2));
        return lines();
    }

    private static Audio tone(int number) {
        float[] x = new float[16000];
        for (int i = 0; i < x.length; i++) {
            double loud = Math.pow(Math.sin(Math.PI * i * (3 + number) / x.length), 2);
            x[i] = (float) (0.2 * loud * Math.signum(Math.sin(2 * Math.PI * (110 + 20 * number) * i / 16000)));
        }
        return new Audio(x, 16000);
    }
}
