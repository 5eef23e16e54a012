package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.backend.select.Backends;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.eval.Probabilities;
import dev.parallax.fusion.View;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Prediction;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is scored is what a user is told.
@Tag("end-to-end")
class EvaluationTest {

    private static final double[] SECONDS = {0.4, 2, 3.5, 0.9, 1.3};
    private static final double WINDOW = 1; // so that some recordings are one window, some several

    @TempDir
    Path folder;

    @Test
    void outputs_shortAndLongRecordingsWithAndWithoutText_areThePredictions() {
        List<Utterance> utterances = utterances();
        Vocabulary words = Vocabulary.build(List.of(List.of("so", "glad")), new Vocabulary.Limits(1, 10));
        ModelConfig config = new ModelConfig(
                Labels.of("anger", "joy", "sadness"),
                FeatureConfig.preset("speech"),
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD,
                true,
                WINDOW);
        EmotionModel model = new EmotionModel(config, words, Backends.choose("auto", line -> {}), 7);
        FeatureCache cache = new FeatureCache(config.features(), null, 1 << 26, line -> {});
        Outputs outputs;
        try (Workers workers = new Workers(2)) {
            outputs = Evaluation.outputs(model, utterances, cache, workers, line -> {});
        }
        assertEquals(utterances.size(), outputs.size());
        for (int i = 0; i < utterances.size(); i++) {
            Utterance utterance = utterances.get(i);
            AudioSource audio = Objects.requireNonNull(utterance.audio());
            double[][] logits = {outputs.logits(View.DECISION, i)};
            double[] scored = Probabilities.softmax(logits, 1)[0];
            Prediction prediction = model.predict(Path.of(audio.description()), utterance.text());
            List<Double> told = Objects.requireNonNullElse(prediction.fused(), prediction.decision())
                    .probabilities();
            for (int c = 0; c < scored.length; c++) {
                assertEquals(told.get(c), scored[c], 1e-6, "utterance " + i + ", class " + c);
            }
        }
    }

    private List<Utterance> utterances() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < SECONDS.length; i++) {
            Path file = folder.resolve("clip" + i + ".wav");
            WavWriter.PCM_16.write(file, glide(i, SECONDS[i]));
            String text = i % 2 == 0 ? "so glad" : null;
            utterances.add(new Utterance("clip" + i, new FileAudio(file), text, "joy", Origin.ofSpeaker("anna")));
        }
        return utterances;
    }

    /// A tone that rises and falls, differently in each window.
    private static Audio glide(int number, double seconds) {
        float[] samples = new float[(int) (16_000 * seconds)];
        for (int t = 0; t < samples.length; t++) {
            double time = t / 16_000.0;
            samples[t] = (float) (0.3 * Math.sin(2 * Math.PI * (200 + 90 * number + 150 * time * time) * time));
        }
        return new Audio(samples, 16_000);
    }
}
