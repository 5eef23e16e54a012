package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.Version;
import java.io.IOException;
import java.io.InputStream;
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
    void predict_json_saysWhatMadeTheAnswer() {
        JsonObject json = made.predict("--audio", made.recording(), "--text", "What a zyxwvu.", "--json", "--quiet")
                .json();
        Path model = made.run().resolve("best.safetensors");
        assertEquals(Version.current(), json.text("version"));
        assertEquals(SafeFiles.sha256(model), json.text("modelHash"));
        assertEquals(ModelHashes.of(SafeTensors.read(model)).weights(), json.text("weightsHash"));
        assertEquals(SafeFiles.sha256(Path.of(made.recording())), json.text("audioHash"));
        for (String view : List.of("fused", "audio", "text")) {
            JsonObject answer = json.object(view);
            double[] z = answer.array("logits").numbers();
            double[] p = answer.array("probabilities").numbers();
            double first = 1 / (1 + Math.exp((z[1] - z[0]) / answer.number("temperature")));
            assertEquals(first, p[0], 1e-12, view);
            boolean sure = Math.max(p[0], p[1]) >= answer.number("threshold") && answer.number("threshold") < 1;
            assertEquals(sure && !answer.flag("doubtful"), answer.flag("sure"), view);
        }
        assertEquals(new Json.Null(), json.get("unpaired"), "the network fuses");
        List<JsonObject> tokens = json.array("tokens").objects();
        assertEquals(
                List.of("what", "a", "zyxwvu", "."),
                tokens.stream().map(token -> token.text("token")).toList());
        assertFalse(tokens.get(2).flag("known"));
        assertTrue(tokens.get(3).flag("known"));
        assertTrue(tokens.get(2).array("ids").size() > 0, "the row of unknown words, or rows of its pieces");
    }

    @Test
    void predict_jsonOfAPipe_hasNoHashOfIt() throws IOException {
        InputStream former = System.in;
        System.setIn(Files.newInputStream(Path.of(made.recording())));
        try {
            JsonObject json = made.predict("--audio", "-", "--json", "--quiet").json();
            assertEquals(new Json.Null(), json.get("audioHash"));
        } finally {
            System.setIn(former);
        }
    }

    @Test
    void predict_jsonOfTheStarter_hasThePriorsOfTheFusedAnswer() {
        JsonObject json = Outcome.of("predict", "--audio", made.recording(), "--text", "so happy", "--json", "--quiet")
                .json();
        JsonObject unpaired = json.object("unpaired");
        double audioWeight = unpaired.number("audioWeight");
        double textWeight = unpaired.number("textWeight");
        JsonObject audio = json.object("audio");
        JsonObject text = json.object("text");
        double[] fused = json.object("fused").array("logits").numbers();
        for (int c = 0; c < fused.length; c++) {
            double heard = audio.array("logits").number(c) / audio.number("temperature");
            double read = text.array("logits").number(c) / text.number("temperature");
            double sum = Math.log(unpaired.array("prior").number(c))
                    + audioWeight
                            * (heard - Math.log(unpaired.array("audioPrior").number(c)))
                    + textWeight * (read - Math.log(unpaired.array("textPrior").number(c)));
            assertEquals(sum, fused[c], 1e-5, "class " + c);
        }
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
