package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.data.WordTimes;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.answer.Answer;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model outside training: what it answers, and that its file is all it needs.
class EmotionModelTest {

    private static final Backend BACKEND = TestBackends.all().findFirst().orElseThrow();
    private static final List<String> LABELS = List.of("anger", "joy", "sadness");

    @TempDir
    Path folder;

    private static EmotionModel model(boolean audio, boolean text, boolean perspectives) {
        ModelConfig config = new ModelConfig(
                Labels.of(LABELS),
                FeatureConfig.preset("speech").withStack(4),
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD.withModalities(audio, text),
                perspectives,
                ModelConfig.WINDOW_SECONDS);
        Vocabulary vocabulary =
                Vocabulary.build(List.of(List.of("so", "glad", "größe")), new Vocabulary.Limits(1, 100));
        return new EmotionModel(config, text ? vocabulary : null, BACKEND, 7);
    }

    private static Audio noise(double seconds, float level) {
        RandomStream random = new RandomStream(1, 0, 0, 0);
        float[] samples = new float[(int) (seconds * 16_000)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = level * (float) random.uniform(-1, 1);
        }
        return new Audio(samples, 16_000);
    }

    @Test
    void save_thenLoad_answersTheSame() {
        EmotionModel model = model(true, true, true);
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        EmotionModel loaded = EmotionModel.load(file, BACKEND);
        Audio audio = noise(1, 0.3f);
        assertEquals(model.predict(audio, "so glad, unknown größe"), loaded.predict(audio, "so glad, unknown größe"));
        assertEquals(model.config(), loaded.config());
    }

    @Test
    void save_twice_writesTheSameBytes() throws IOException {
        model(true, true, true).save(folder.resolve("a"));
        model(true, true, true).save(folder.resolve("b"));
        assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
    }

    @Test
    void predict_both_showsThreePerspectivesThatAreDistributions() {
        Prediction prediction = model(true, true, true).predict(noise(1, 0.3f), "so glad");
        for (Answer answer : new Answer[] {prediction.fused(), prediction.audio(), prediction.text()}) {
            assertNotNull(answer);
            double sum = answer.probabilities().stream().mapToDouble(p -> p).sum();
            assertEquals(1, sum, 1e-6);
            assertTrue(LABELS.contains(answer.label()));
        }
        assertEquals(prediction.text(), prediction.decision(), "noise is no speech, so the text decides alone");
        assertFalse(Objects.requireNonNull(prediction.fused()).sure());
    }

    private static EmotionModel early() {
        ModelConfig config = new ModelConfig(
                Labels.of(LABELS),
                FeatureConfig.preset("speech").withStack(4),
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD.withFusion("early-add"),
                false,
                ModelConfig.WINDOW_SECONDS);
        Vocabulary vocabulary =
                Vocabulary.build(List.of(List.of("so", "glad", "größe")), new Vocabulary.Limits(1, 100));
        return new EmotionModel(config, vocabulary, BACKEND, 7);
    }

    /// 24 rows of 40 ms for three words: eight each where nobody has measured when they are spoken.
    @Test
    void predict_timesOfWords_decideWhichFramesFuse() {
        EmotionModel early = early();
        Path file = folder.resolve("clip.wav");
        WavWriter.PCM_16.write(file, noise(0.98, 0.3f));
        Answer even = early.predict(file, "so glad größe").fused();
        WordTimes same = WordTimes.parse("0.0-0.32 0.32-0.64 0.64-0.96", "so glad größe", "test");
        assertEquals(
                even,
                early.predict(early.hear(new FileAudio(file)), "so glad größe", same)
                        .fused());
        WordTimes measured = WordTimes.parse("0.1-0.2 0.5-0.64 0.64-0.96", "so glad größe", "test");
        assertNotEquals(
                even,
                early.predict(early.hear(new FileAudio(file)), "so glad größe", measured)
                        .fused());
        WordTimes beyond = WordTimes.parse("0.1-0.2 0.5-0.64 70-71", "so glad größe", "test");
        assertNotNull(early.predict(early.hear(new FileAudio(file)), "so glad größe", beyond)
                .fused());
    }

    @Test
    void predict_earlyFusionLacksAModality_saysWhatWouldDo() {
        String message = Refusal.of(() -> early().predict(noise(1, 0.3f), null));
        assertTrue(message.contains("early-add fuses the inputs and has no answer without both"), message);
    }

    @Test
    void predict_oneModality_isThatPerspective() {
        EmotionModel model = model(true, true, true);
        Audio audio = noise(1, 0.3f);
        Prediction alone = model.predict(audio, null);
        assertNull(alone.fused());
        assertNull(alone.text());
        assertEquals(model.predict(audio, "so glad").audio(), alone.audio());
        assertEquals(alone.audio(), alone.decision());
        assertEquals(
                model.predict((Audio) null, "so glad").text(),
                model.predict(audio, "so glad").text());
    }

    @Test
    void predict_singleLossModel_hidesPerspectivesThatWereNeverTaught() {
        Prediction both = model(true, true, false).predict(noise(1, 0.3f), "so glad");
        assertNotNull(both.fused());
        assertNull(both.audio());
        assertNull(both.text());
        Prediction alone = model(true, true, false).predict(noise(1, 0.3f), null);
        assertTrue(
                alone.warnings().stream().anyMatch(warning -> warning.contains("single loss")),
                alone.warnings().toString());
    }

    @Test
    void predict_longRecording_isTheGeometricMeanOfItsWindows() {
        EmotionModel model = model(true, false, true);
        Audio whole = noise(40, 0.3f);
        int length = (whole.samples().length + 2) / 3;
        double[] products = {1, 1, 1};
        for (int window = 0; window < 3; window++) {
            int from = (whole.samples().length - length) * window / 2;
            Audio part = new Audio(Arrays.copyOfRange(whole.samples(), from, from + length), 16_000);
            List<Double> answer = model.predict(part, null).decision().probabilities();
            for (int c = 0; c < 3; c++) {
                products[c] *= Math.cbrt(answer.get(c));
            }
        }
        List<Double> answer = model.predict(whole, null).decision().probabilities();
        for (int c = 0; c < 3; c++) {
            assertEquals(products[c] / Arrays.stream(products).sum(), answer.get(c), 1e-6);
        }
    }

    @Test
    void predict_file_answersAsTheSoundItself() {
        EmotionModel model = model(true, true, true);
        Audio audio = noise(2, 0.3f);
        Path file = folder.resolve("clip.wav");
        WavWriter.FLOAT_32.write(file, audio);
        assertEquals(model.predict(audio, "so glad"), model.predict(file, "so glad"));
    }

    @Test
    void predict_shortOrSilent_answersUnsureAndSaysSo() {
        EmotionModel model = model(true, false, true);
        for (Audio audio :
                List.of(noise(0.1, 0.3f), new Audio(new float[1], 16_000), new Audio(new float[32_000], 16_000))) {
            Prediction prediction = model.predict(audio, null);
            assertTrue(prediction.warnings().stream().anyMatch(warning -> warning.contains("no speech")));
            assertFalse(prediction.decision().sure());
        }
        assertFalse(Refusal.of(() -> model.predict(new Audio(new float[0], 16_000), null))
                .isEmpty());
    }

    @Test
    void predict_nothingItReads_isRefused() {
        assertEquals(
                "predict: this model reads audio, and none is given; give it some",
                Refusal.of(() -> model(true, false, true).predict((Audio) null, "so glad")));
        EmotionModel reader = model(false, true, true);
        for (String text : List.of("", "   ")) {
            assertEquals(
                    "predict: the text is empty; give what was said",
                    Refusal.of(() -> reader.predict((Audio) null, text)));
        }
        assertEquals(
                "predict: the text \"[]\" holds no word; give what was said",
                Refusal.of(() -> reader.predict((Audio) null, "[]")));
    }

    @Test
    void predict_textLongerThanIsRead_isAnsweredWithAWarning() {
        String text = "so glad ".repeat(2000);
        assertTrue(model(false, true, true)
                .predict((Audio) null, text)
                .warnings()
                .contains("the text has 4000 tokens; the first 2048 are read"));
    }

    /// Without a checksum, what is unknown in the document is all that shows that it was changed.
    @Test
    void load_unknownKeysOfItsDocument_areRefused() {
        Path file = folder.resolve("other.safetensors");
        EmotionModel model = model(true, true, true);
        model.save(file);
        JsonObject document = Json.parseObject(
                Objects.requireNonNull(SafeTensors.read(file).metadata().get("parallax")), "document");
        JsonObject run = new RunRecord(
                        "1",
                        1,
                        "b",
                        List.of(),
                        "",
                        Json.object(),
                        Json.object(),
                        Json.object().with("epochs", 3),
                        List.of(),
                        0,
                        List.of(),
                        Json.object(),
                        List.of())
                .toJson();
        JsonObject scores = run.object("scores")
                .with("bestEpoch", 2)
                .with("validation", Json.object())
                .with("test", Json.object());
        JsonObject answers = document.object("answers");
        Map<String, JsonObject> changed = new LinkedHashMap<>();
        changed.put("anwsers: unknown field", document.with("anwsers", 1));
        changed.put(
                "answers.domain.noise: unknown field",
                document.with(
                        "answers",
                        answers.with("domain", answers.object("domain").with("noise", 1))));
        changed.put(
                "run.scores.epoch: unknown field", document.with("run", run.with("scores", scores.with("epoch", 1))));
        changed.put(
                "run.scores.epochs: expected a whole number",
                document.with("run", run.with("scores", scores.with("epochs", "x"))));
        changed.put(
                "run.scores.test.both: unknown field",
                document.with(
                        "run",
                        run.with("scores", scores.with("test", Json.object().with("both", 1)))));
        changed.put(
                "run.training.chosenOn: \"tets\" is not one of",
                document.with(
                        "run",
                        run.with("scores", scores)
                                .with("training", Json.object().with("chosenOn", "tets"))));
        changed.forEach((message, other) -> {
            ModelFile.builder(model).metadata("parallax", other.toText()).write(file);
            String refusal = Refusal.of(() -> EmotionModel.load(file, BACKEND));
            assertTrue(refusal.contains(message), refusal);
        });
        ModelFile.builder(model)
                .metadata(
                        "parallax",
                        document.with("run", run.with("scores", scores)).toText())
                .write(file);
        assertNotNull(EmotionModel.load(file, BACKEND).record());
    }

    @Test
    void load_otherOrDamagedFile_isRefusedInOneLine() {
        Path file = folder.resolve("other.safetensors");
        new SafeTensors.Builder().floats("w", new int[] {1}, new float[] {1}).write(file);
        assertTrue(Refusal.of(() -> EmotionModel.load(file, BACKEND)).contains("not a Parallax model"));

        EmotionModel model = model(true, false, true);
        ModelFile.builder(model)
                .metadata("parallax", Json.object().with("format", 99).toText())
                .write(file);
        assertTrue(Refusal.of(() -> EmotionModel.load(file, BACKEND)).contains("format 99"));
    }
}
