package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.data.Labels;
import dev.parallax.data.VectorScaling;
import dev.parallax.data.Vectors;
import dev.parallax.io.Json;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.nn.Parameter;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hash of weights: of exactly the bytes that its comment names, equal for a model and its file.
class ModelHashesTest {

    private static final Backend BACKEND = new ScalarBackend();
    private static final Labels LABELS = Labels.of(List.of("anger", "joy", "sadness"));
    private static final RunRecord RECORD = new RunRecord(
            "test",
            1,
            "test",
            List.of(),
            "",
            Json.object(),
            Json.object(),
            Json.object(),
            List.of(),
            0,
            List.of(),
            Json.object(),
            List.of());

    @TempDir
    private Path folder;

    private static EmotionModel model() {
        ModelConfig config = new ModelConfig(
                LABELS,
                FeatureConfig.preset("speech").withStack(4),
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD.withFusion("late-weighted"),
                true,
                ModelConfig.WINDOW_SECONDS);
        Vocabulary vocabulary = Vocabulary.build(List.of(List.of("so", "glad")), new Vocabulary.Limits(1, 100));
        return new EmotionModel(config, vocabulary, BACKEND, 7);
    }

    private SafeTensors saved(Model model) {
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        return SafeTensors.read(file);
    }

    /// Written once more, from the names of the file.
    private static String byHand(SafeTensors file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String name : new TreeSet<>(file.names())) {
            if (file.dtype(name).equals("F32") && !name.contains(".scaling.") && !name.contains("domain.")) {
                StringBuilder line = new StringBuilder(name);
                Arrays.stream(file.shape(name)).forEach(size -> line.append(' ').append(size));
                line.append('\n');
                bytes.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
                for (float value : file.floats(name)) {
                    bytes.writeBytes(ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putFloat(value)
                            .array());
                }
            }
        }
        return SafeFiles.sha256(bytes.toByteArray());
    }

    @Test
    void of_modelAndItsFile_isTheHashOfTheNamedBytes() {
        try (EmotionModel model = model()) {
            SafeTensors file = saved(model);
            assertEquals(byHand(file), ModelHashes.of(file).weights());
            assertEquals(byHand(file), ModelHashes.weights(model));
        }
        try (EmotionModel starter = Starter.load(BACKEND)) {
            SafeTensors file = Starter.file();
            assertEquals(byHand(file), ModelHashes.of(file).weights(), "scaling and domain are left out");
            assertEquals(byHand(file), ModelHashes.weights(starter));
        }
    }

    @Test
    void of_otherRecordAndRules_isTheSame() {
        try (EmotionModel model = model()) {
            String plain = ModelHashes.of(saved(model)).weights();
            assertEquals(
                    plain,
                    ModelHashes.of(saved(model.with(RECORD, AnswerRules.PLAIN.neverSure())))
                            .weights());
        }
    }

    @Test
    void of_oneOtherWeight_isAnother() {
        try (EmotionModel model = model()) {
            String before = ModelHashes.weights(model);
            Parameter last = model.parameters().all().getLast();
            BACKEND.upload(
                    new float[last.shape().count()],
                    model.parameters().value(last).buffer());
            assertNotEquals(before, ModelHashes.weights(model));
            assertEquals(ModelHashes.of(saved(model)).weights(), ModelHashes.weights(model));
        }
    }

    @Test
    void of_dialogues_hasTheFirstStageToo() {
        Vectors vectors = new Vectors(new float[128], new float[64]);
        VectorScaling scaling = VectorScaling.over(List.of(vectors));
        DialogueModelSpec plan = new DialogueModelSpec(LABELS, NetworkConfig.DIALOGUE, 128, 64);
        try (EmotionModel first = model();
                DialogueModel alone = plan.newModel(true, scaling, null, BACKEND, 3);
                DialogueModel both = plan.newModel(true, scaling, first, BACKEND, 3)) {
            SafeTensors file = saved(both);
            assertEquals(byHand(file), ModelHashes.weights(both));
            assertEquals(byHand(file), ModelHashes.of(file).weights());
            assertEquals(ModelHashes.of(saved(alone)).weights(), ModelHashes.weights(alone));
            assertNotEquals(ModelHashes.weights(alone), ModelHashes.weights(both));
        }
    }
}
