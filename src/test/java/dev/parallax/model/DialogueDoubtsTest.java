package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.data.VectorScaling;
import dev.parallax.data.Vectors;
import dev.parallax.io.Json;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.domain.Range;
import dev.parallax.model.domain.SoundDomain;
import dev.parallax.model.domain.TextDomain;
import dev.parallax.model.domain.TrainingDomain;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Turns of a dialogue that are unlike what the training data was like: no answer that rests on one is sure, also
/// after the model was saved. Without thresholds all others are.
class DialogueDoubtsTest {

    private static final Backend BACKEND = TestBackends.all().findFirst().orElseThrow();
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
    private static final TrainingDomain DOMAIN = new TrainingDomain(
            SoundDomain.ANY,
            new TextDomain(new Range(1, 20), TextDomain.ANY.highestMeanLogRank(), Map.of("Latin", 1.0)));

    @TempDir
    private Path folder;

    private static EmotionModel first() {
        ModelConfig config = new ModelConfig(
                LABELS,
                FeatureConfig.preset("speech").withStack(4),
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD,
                true,
                ModelConfig.WINDOW_SECONDS);
        Vocabulary vocabulary = Vocabulary.build(List.of(List.of("so", "glad")), new Vocabulary.Limits(1, 100));
        return new EmotionModel(config, vocabulary, BACKEND, 7).with(RECORD, AnswerRules.PLAIN.withDomain(DOMAIN));
    }

    private FileAudio silence() {
        Path file = folder.resolve("silence.wav");
        WavWriter.PCM_16.write(file, new Audio(new float[16_000], 16_000));
        return new FileAudio(file);
    }

    private DialogueModel model() {
        EmotionModel first = first();
        Vectors sizes = first.vectors(first.hear(silence(), 1), "so glad", new ArrayList<>(), 1)
                .vectors();
        assertNotNull(sizes);
        assertNotNull(sizes.audio());
        assertNotNull(sizes.text());
        DialogueModelSpec plan =
                new DialogueModelSpec(LABELS, NetworkConfig.DIALOGUE, sizes.audio().length, sizes.text().length);
        VectorScaling scaling = VectorScaling.over(
                List.of(sizes, new Vectors(new float[sizes.audio().length], new float[sizes.text().length])));
        return plan.newModel(true, scaling, first, BACKEND, 3);
    }

    private static void assertDoubted(String why, Prediction prediction) {
        assertFalse(prediction.decision().sure());
        assertTrue(
                prediction.warnings().stream().anyMatch(warning -> warning.contains(why)),
                prediction.warnings().toString());
    }

    @Test
    void predict_turnUnlikeTheTrainingPart_isNotSure() {
        DialogueModel model = model();
        List<Turn> turns = List.of(
                new Turn(null, "so glad", "a"),
                new Turn(null, "очень рад", "b"),
                new Turn(silence(), null, "a"),
                new Turn(silence(), "so glad", "b"),
                new Turn(silence(), "очень рад", "a"));
        List<Prediction> said = model.predict(turns);
        assertTrue(said.get(0).decision().sure(), said.get(0).toString());
        assertEquals(List.of(), said.get(0).warnings());
        assertDoubted("the text is in Cyrillic; the model has read Latin", said.get(1));
        assertDoubted("no speech stands out", said.get(2));
        assertDoubted("Cyrillic", said.get(4));
        assertDoubted("no speech stands out", said.get(4));

        Prediction mixed = said.get(3);
        assertNotNull(mixed.fused());
        assertFalse(mixed.fused().sure());
        assertEquals(mixed.text(), mixed.decision(), "the text decides alone");
        assertTrue(mixed.decision().sure());

        Path file = folder.resolve("model.safetensors");
        model.with(RECORD, AnswerRules.PLAIN).save(file);
        assertTrue(Model.load(file, BACKEND) instanceof DialogueModel loaded
                && loaded.predict(turns).equals(said));
    }
}
