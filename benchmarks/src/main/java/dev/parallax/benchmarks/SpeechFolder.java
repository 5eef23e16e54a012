package dev.parallax.benchmarks;

import dev.parallax.io.SafeTensors;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// An encoder of the size of wav2vec 2.0's base model with random weights, 95 million of them, as a folder.
final class SpeechFolder {

    private static final int[] KERNELS = {10, 3, 3, 3, 3, 2, 2};

    private final SafeTensors.Builder weights = new SafeTensors.Builder().metadata("format", "pt");
    private int tensors;

    private SpeechFolder() {}

    static void make(Path folder) throws IOException {
        SpeechFolder made = new SpeechFolder();
        made.addAll();
        made.weights.write(folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "wav2vec2", "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
                 "intermediate_size": 3072, "hidden_act": "gelu", "feat_extract_norm": "group", "conv_bias": false}
                """);
    }

    private void addAll() {
        for (int layer = 0; layer < KERNELS.length; layer++) {
            normal(
                    "feature_extractor.conv_layers." + layer + ".conv.weight",
                    0.05,
                    512,
                    layer == 0 ? 1 : 512,
                    KERNELS[layer]);
        }
        norm("feature_extractor.conv_layers.0.layer_norm", 512);
        norm("feature_projection.layer_norm", 512);
        linear("feature_projection.projection", 512, 768);
        normal("encoder.pos_conv_embed.conv.weight", 0.02, 768, 48, 128);
        normal("encoder.pos_conv_embed.conv.bias", 0.02, 768);
        norm("encoder.layer_norm", 768);
        for (int layer = 0; layer < 12; layer++) {
            String name = "encoder.layers." + layer;
            for (String part : new String[] {"q_proj", "k_proj", "v_proj", "out_proj"}) {
                linear(name + ".attention." + part, 768, 768);
            }
            norm(name + ".layer_norm", 768);
            linear(name + ".feed_forward.intermediate_dense", 768, 3072);
            linear(name + ".feed_forward.output_dense", 3072, 768);
            norm(name + ".final_layer_norm", 768);
        }
    }

    private void linear(String name, int in, int out) {
        normal(name + ".weight", 0.02, out, in);
        normal(name + ".bias", 0.02, out);
    }

    private void norm(String name, int width) {
        float[] ones = new float[width];
        Arrays.fill(ones, 1);
        weights.floats(name + ".weight", new int[] {width}, ones);
        weights.floats(name + ".bias", new int[] {width}, new float[width]);
    }

    private void normal(String name, double deviation, int... shape) {
        RandomStream random = new RandomStream(1, 0, 1, tensors++);
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        weights.floats(name, shape, values);
    }
}
