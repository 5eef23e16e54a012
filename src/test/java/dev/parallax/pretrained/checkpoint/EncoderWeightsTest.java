package dev.parallax.pretrained.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.io.SafeTensors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderWeightsTest {

    @TempDir
    Path folder;

    /// A checkpoint whose tensors are single numbers: 0, 1, 2, ...
    private Checkpoint checkpoint(String... names) {
        SafeTensors.Builder builder = new SafeTensors.Builder();
        for (int i = 0; i < names.length; i++) {
            builder.floats(names[i], new int[] {1}, new float[] {i});
        }
        builder.write(folder.resolve("model.safetensors"));
        return Checkpoint.open(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bert.",
                "roberta.",
                "distilbert.",
                "wav2vec2.",
                "hubert.",
                "wavlm.",
                "data2vec_audio.",
                "model.encoder.",
                "d2v_model."
            })
    void of_anyPrefix_givesNamesWithoutIt(String prefix) {
        try (Checkpoint checkpoint =
                checkpoint("lm_head.weight", prefix + "encoder.a.weight", prefix + "encoder.a.bias")) {
            EncoderWeights weights = EncoderWeights.of(checkpoint);
            assertEquals(prefix, weights.prefix());
            assertEquals(List.of("encoder.a.weight", "encoder.a.bias"), weights.names());
            assertEquals(List.of("lm_head.weight"), weights.ignored());
            assertArrayEquals(new float[] {1}, weights.floats("encoder.a.weight"));
            assertArrayEquals(new int[] {1}, weights.shape("encoder.a.bias"));
            assertEquals(ElementType.F32, weights.type("encoder.a.bias"));
            assertTrue(weights.contains("encoder.a.bias"));
            assertFalse(weights.contains("lm_head.weight"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "embeddings.LayerNorm.gamma, embeddings.LayerNorm.weight",
        "encoder.layer.0.output.LayerNorm.beta, encoder.layer.0.output.LayerNorm.bias",
        "encoder.layer_norm.gamma, encoder.layer_norm.weight",
        "encoder.layer_norm.weight, encoder.layer_norm.weight",
        "blocks.0.gamma, blocks.0.gamma",
        "encoder.pos_conv_embed.conv.weight_g, encoder.pos_conv_embed.conv.weight_g",
        "encoder.pos_conv_embed.conv.parametrizations.weight.original0, encoder.pos_conv_embed.conv.weight_g",
        "encoder.pos_conv_embed.conv.parametrizations.weight.original1, encoder.pos_conv_embed.conv.weight_v",
        "other.parametrizations.weight.original1, other.parametrizations.weight.original1",
        "gamma, gamma"
    })
    void canonical_anyVariant_isOneName(String inFile, String name) {
        assertEquals(name, TensorNames.canonical(inFile));
    }

    @Test
    void of_whatIsNotOfTheEncoder_isListed() {
        String[] others = {
            "masked_spec_embed",
            "quantizer.codevectors",
            "project_q.weight",
            "project_hid.bias",
            "vocab_transform.weight",
            "cls.predictions.bias",
            "model.decoder.layers.0.fc1.weight",
            "embeddings.position_ids"
        };
        try (Checkpoint checkpoint = checkpoint(others)) {
            assertEquals(List.of(others), EncoderWeights.of(checkpoint).ignored());
        }
        try (Checkpoint checkpoint =
                checkpoint("hubert.masked_spec_embed", "hubert.encoder.x", "classifier.weight", "encoder.y")) {
            EncoderWeights weights = EncoderWeights.of(checkpoint);
            assertEquals(List.of("encoder.x"), weights.names());
            assertEquals(List.of("hubert.masked_spec_embed", "classifier.weight", "encoder.y"), weights.ignored());
        }
    }

    @Test
    void of_severalPrefixes_takesTheOneOfMostNames() {
        try (Checkpoint checkpoint = checkpoint("bert.a", "hubert.b", "hubert.c", "wavlm.d")) {
            EncoderWeights weights = EncoderWeights.of(checkpoint);
            assertEquals("hubert.", weights.prefix());
            assertEquals(List.of("bert.a", "wavlm.d"), weights.ignored());
        }
    }

    @Test
    void floats_missing_namesTensorFileAndNearNames() {
        Path file = folder.resolve("model.safetensors");
        try (Checkpoint checkpoint = checkpoint("bert.encoder.layer.0.output.dense.weight", "bert.pooler.dense.bias")) {
            EncoderWeights weights = EncoderWeights.of(checkpoint);
            assertEquals(
                    file + ": below \"bert.\": no tensor \"encoder.layer.1.output.dense.weight\" among its 2;"
                            + " did you mean \"encoder.layer.0.output.dense.weight\"?",
                    Refusal.of(() -> weights.floats("encoder.layer.1.output.dense.weight")));
        }
    }

    @Test
    void of_twoVariantsOfOneTensor_isRefused() {
        try (Checkpoint checkpoint = checkpoint("x.LayerNorm.gamma", "x.LayerNorm.weight")) {
            assertEquals(
                    folder.resolve("model.safetensors") + ": \"x.LayerNorm.gamma\" and \"x.LayerNorm.weight\" are both"
                            + " \"x.LayerNorm.weight\"; a file must have one of them",
                    Refusal.of(() -> EncoderWeights.of(checkpoint)));
        }
    }
}
