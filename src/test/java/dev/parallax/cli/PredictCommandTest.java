package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The answers of `predict` to a recording, to a sentence and to a table of both.
class PredictCommandTest {

    @TempDir
    static Path folder;

    private static TrainedRun made;

    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
    }

    @Test
    void predict_json_isTheContract() {
        Outcome outcome = Outcome.of(
                "predict",
                "--model",
                made.run().toString(),
                "--audio",
                made.recording(),
                "--text",
                "What a day.",
                "--json");
        assertEquals(0, outcome.code(), outcome.err());
        JsonObject json = outcome.json();
        assertEquals(List.of("joy", "fear"), json.array("labels").texts());
        for (String view : List.of("fused", "audio", "text")) {
            assertEquals(2, json.object(view).array("probabilities").size());
            assertTrue(json.array("labels").texts().contains(json.object(view).text("label")));
        }
        assertTrue(json.has("warnings"));
        assertTrue(json.text("model").endsWith("best.safetensors"));
    }

    @Test
    void predict_textAlone_leavesTheOthersNull() {
        JsonObject json = Outcome.of("predict", "--model", made.run().toString(), "--text", "What a day.", "--json")
                .json();
        assertEquals(new Json.Null(), json.get("fused"));
        assertEquals(new Json.Null(), json.get("audio"));
        assertTrue(json.has("text"));
    }

    @Test
    void predict_forPeople_isATableAndADecision() {
        Outcome outcome =
                Outcome.of("predict", "--model", made.run().toString(), "--audio", made.recording(), "--quiet");
        assertEquals(0, outcome.code());
        assertEquals(
                "warning: the model was trained on speech that no person spoke: manifest: made by rules, not spoken",
                outcome.err().strip());
        assertTrue(outcome.out().contains("decision: "), outcome.out());
        assertFalse(outcome.out().contains("fused"), outcome.out());
    }

    @Test
    void predict_manifest_givesALineARowAndGoesOnAfterBadOnes() throws IOException {
        Path manifest = Files.writeString(made.corpus().resolve("ask.csv"), """
                id,audio,text
                good,wav/synthetic-00000.wav,What a day.
                gone,wav/nowhere.wav,
                outside,../secret.wav,
                empty,,
                words,,What a day.
                """);
        Outcome outcome = Outcome.of("predict", "--model", made.run().toString(), "--manifest", manifest.toString());
        assertEquals(1, outcome.code());
        List<JsonObject> lines = outcome.out()
                .lines()
                .map(line -> Json.parseObject(line, "line"))
                .toList();
        assertEquals(
                List.of("good", "gone", "outside", "empty", "words"),
                lines.stream().map(line -> line.text("id")).toList());
        assertEquals(
                List.of(false, true, true, true, false),
                lines.stream().map(line -> line.has("error")).toList());
    }

    @Test
    void predict_manifestFromStandardInput_saysThatItMustBeAFile() {
        for (String input : List.of("-", "/dev/stdin")) {
            Outcome outcome = Outcome.of("predict", "--manifest", input);
            assertEquals(2, outcome.code());
            assertTrue(outcome.err().contains("save it as a file beside them"), outcome.err());
        }
    }

    @Test
    void predict_withoutAModel_asksTheStarterAndSaysWhatItIs() {
        Outcome outcome = Outcome.of("predict", "--audio", made.recording(), "--text", "thank you so much", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("a demonstration, not a recogniser"), outcome.err());
        JsonObject json = outcome.json();
        assertEquals("starter", json.text("model"));
        assertEquals(
                List.of("anger", "happiness", "neutral", "sadness"),
                json.array("labels").texts());
        assertEquals("happiness", json.object("text").text("label"));
        assertTrue(json.has("audio") && json.has("fused"));
    }

    @Test
    void predict_segments_answersEachStretchOfSpeech() {
        Audio clip = AudioFile.read(Path.of(made.recording()));
        int rate = clip.sampleRate();
        int length = Math.min(clip.samples().length, 2 * rate);
        float[] samples = new float[2 * length + 3 * rate];
        System.arraycopy(clip.samples(), 0, samples, rate, length);
        System.arraycopy(clip.samples(), 0, samples, length + 2 * rate, length);
        Path twice = folder.resolve("twice.wav");
        WavWriter.PCM_16.write(twice, new Audio(samples, rate));
        Outcome outcome = Outcome.of(
                "predict", "--model", made.run().toString(), "--audio", twice.toString(), "--segments", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        List<JsonObject> segments = outcome.json().array("segments").objects();
        assertEquals(2, segments.size(), outcome.out());
        assertEquals(1, segments.getFirst().number("from"), 0.3);
        assertEquals(length / (double) rate + 2, segments.getLast().number("from"), 0.3);
        assertEquals(
                2, segments.getFirst().object("audio").array("probabilities").size());
        Outcome refused = Outcome.of(
                "predict", "--model", made.run().toString(), "--audio", twice.toString(), "--text", "hi", "--segments");
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--segments goes with --audio alone"), refused.err());
    }
}
