package dev.parallax.serve;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Pooling;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Untrained models with self-attention: fixtures.
final class LookingModel {

    private static final EncoderConfig VOICE =
            new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.LSTM, 4, 1, true, 2, 0, 0, Pooling.MEAN);
    private static final EncoderConfig WORDS =
            new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.NONE, 4, 1, true, 2, 0, 0, Pooling.MEAN);

    private LookingModel() {}

    /// One that hears and reads.
    static ModelSource of(String name, Path folder, Backend backend) {
        return of(name, folder, backend, new NetworkConfig(VOICE, WORDS, 8, "late-add", 8));
    }

    /// One that reads alone.
    static ModelSource ofWords(String name, Path folder, Backend backend) {
        return of(name, folder, backend, new NetworkConfig(null, WORDS, 8, "late-add", 8));
    }

    /// One that hears alone.
    static ModelSource ofVoice(String name, Path folder, Backend backend) {
        return of(name, folder, backend, new NetworkConfig(VOICE, null, 8, "late-add", 8));
    }

    private static ModelSource of(String name, Path folder, Backend backend, NetworkConfig network) {
        ModelConfig config = new ModelConfig(
                Labels.of(List.of("anger", "happiness", "neutral", "sadness")),
                FeatureConfig.preset("speech").withStack(8),
                Tokenizer.standard(),
                Subwords.NONE,
                network,
                true,
                ModelConfig.WINDOW_SECONDS);
        @Nullable
        Vocabulary known = network.text() == null
                ? null
                : Vocabulary.build(List.of(List.of("so", "glad", "you", "came")), new Vocabulary.Limits(1, 9));
        Path file = folder.resolve(name + ".safetensors");
        new EmotionModel(config, known, backend, 7).save(file);
        return new ModelSource(name, name, () -> SafeTensors.read(file), _ -> EmotionModel.load(file, backend));
    }
}
