package dev.parallax.serve;

import dev.parallax.TinyEncoders;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.Model;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.pretrained.EncoderUse;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// An untrained model that reads with tiny pretrained encoders: a fixture.
final class EncoderModel {

    private EncoderModel() {}

    /// @param speech the encoder of recordings, such as `wavlm-base`
    /// @param use    of the encoder of texts, BERT
    static ModelSource of(String speech, EncoderUse use, Path folder, Backend backend) {
        try {
            FrozenEncoders.Places places = new FrozenEncoders.Places(
                    TinyEncoders.copy(speech, folder.resolve(speech)), TinyEncoders.bert(folder.resolve("bert")));
            Path file = folder.resolve(speech + ".safetensors");
            new UtteranceModelSpec(
                            Labels.of(List.of("anger", "happiness", "sadness")),
                            FeatureConfig.preset("speech"),
                            NetworkConfig.STANDARD.withFusion("late-add"),
                            Tokenizer.standard(),
                            Subwords.NONE,
                            new Vocabulary.Limits(1, 9),
                            FrozenEncoders.of(places, EncoderUse.FROZEN, use, backend))
                    .newModel(StartingWeights.RANDOM, List.of("so glad"), null, true, backend, 7, _ -> {})
                    .save(file);
            return new ModelSource(
                    speech, speech, () -> SafeTensors.read(file), _ -> Model.load(file, backend, places, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
