package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.TestBackends;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Labels;
import dev.parallax.data.VectorScaling;
import dev.parallax.fusion.Fusions;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/model-file.md`: its names are those of model files, and its program computes what Parallax computes.
class ModelFileChapterTest {

    private static final Backend BACKEND = TestBackends.all().findFirst().orElseThrow();
    private static final Path CHAPTER = Path.of("docs/model-file.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z0-9.]+)` \\|");
    private static final Pattern BLOCK = Pattern.compile(
            "^fusion\\.(audioReadsText|textReadsAudio|collectAudio|collectText|spreadAudio|spreadText)\\.");

    private static Set<String> rows(boolean tensors) throws IOException {
        String text = Files.readString(CHAPTER);
        int document = text.indexOf("## The document");
        String part = tensors ? text.substring(0, document) : text.substring(document);
        Set<String> names = new TreeSet<>();
        ROW.matcher(part).results().forEach(row -> names.add(row.group(1)));
        return names;
    }

    /// The name of a tensor as the chapter writes it.
    private static String written(String name) {
        String own = name.replaceFirst("^first\\.", "").replaceFirst("\\.\\d+", ".N");
        boolean named =
                own.startsWith("text.embedding") || own.startsWith("text.vocabulary") || own.contains("scaling");
        return named
                ? own
                : BLOCK.matcher(own).replaceFirst("B.").replaceFirst("^(audio|text|fusion\\.trunk)\\.", "M.");
    }

    private static EncoderConfig encoder(RecurrentKind recurrent, int projection) {
        return new EncoderConfig(0, projection, recurrent, 4, 2, true, 2, 0, 0, Pooling.MEAN);
    }

    private static void add(Model model, Set<String> names) {
        SafeTensors file = SafeTensors.parse(ModelFile.builder(model).toBytes(), "model");
        file.names().forEach(name -> names.add(written(name)));
    }

    private static FeatureScaling scaling(int columns) {
        float[] ones = new float[columns];
        Arrays.fill(ones, 1);
        return new FeatureScaling(new float[columns], ones);
    }

    @Test
    void tensors_ofTheChapter_areThoseOfModelFiles() throws IOException {
        Labels labels = Labels.of("joy", "fear");
        Vocabulary words = Vocabulary.build(List.of(List.of("so", "glad")), new Vocabulary.Limits(1, 100));
        Set<String> names = new TreeSet<>();
        for (Fusions.Strategy fusion : Fusions.all()) {
            for (RecurrentKind kind : RecurrentKind.values()) {
                NetworkConfig network = new NetworkConfig(
                        encoder(kind, 6), encoder(kind, 6), 6, fusion.name(), 4, true, Standardization.TRAINING, false);
                ModelConfig config = new ModelConfig(
                        labels,
                        FeatureConfig.preset("speech"),
                        Tokenizer.standard(),
                        Subwords.NONE,
                        network,
                        true,
                        ModelConfig.WINDOW_SECONDS);
                EmotionModel model = new EmotionModel(config, words, scaling(config.frameSize()), BACKEND, 1);
                add(model, names);
                DialogueConfig dialogue = new DialogueConfig(labels, network, 6, 8, true);
                add(new DialogueModel(dialogue, new VectorScaling(scaling(6), scaling(8)), model, BACKEND, 1), names);
            }
        }
        Starter.file().names().forEach(name -> names.add(written(name)));
        assertEquals(rows(true), names);
    }

    @Test
    void document_keys_areInTheChapter() throws IOException {
        Set<String> rows = rows(false);
        JsonObject document = Json.parseObject(
                Objects.requireNonNull(Starter.file().metadata().get("parallax")), "starter");
        Set<String> missing = new TreeSet<>();
        document.fields().forEach((key, value) -> {
            missing.add(key);
            if (value instanceof JsonObject group) {
                group.fields().keySet().forEach(inner -> missing.add(key + "." + inner));
            }
        });
        assertTrue(missing.size() > 20, missing.toString());
        missing.removeAll(rows);
        assertEquals(Set.of(), missing);
    }

    @Test
    void program_onTheStarter_computesTheSame(@TempDir Path folder) throws IOException, InterruptedException {
        Matcher program = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(CHAPTER));
        assertTrue(program.find());
        assumeTrue(run(folder, "import numpy") != null, "there is no python3 with numpy: the program is not run");
        String out = Objects.requireNonNull(run(folder, program.group(1)), "the program failed");
        SafeTensors file = Starter.file();
        assertEquals(
                file.names().size(),
                out.lines().filter(line -> line.startsWith("tensor ")).count());
        assertTrue(out.contains("\nweights " + ModelHashes.of(file).weights() + "\n"), out);
        float[] weight = file.floats("audio.head.weight");
        float[] bias = file.floats("audio.head.bias");
        double temperature = temperature(file);
        double[] z = new double[bias.length];
        double sum = 0;
        for (int c = 0; c < z.length; c++) {
            double logit = bias[c];
            for (int i = 0; i < weight.length / z.length; i++) {
                logit += weight[c * (weight.length / z.length) + i];
            }
            z[c] = Math.exp(logit / temperature);
            sum += z[c];
        }
        String[] printed = out.substring(out.indexOf("softmax ")).strip().split(" ");
        for (int c = 0; c < z.length; c++) {
            assertEquals(z[c] / sum, Double.parseDouble(printed[c + 1]), 1e-9);
        }
    }

    private static double temperature(SafeTensors file) {
        return ModelDescription.of(file, "starter").rules().temperatures().audio();
    }

    /// What a program prints, or null where it fails or there is no Python.
    private static @Nullable String run(Path folder, String program) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("read.py"), program);
        Path model = folder.resolve("starter.safetensors");
        try (var in = Starter.class.getResourceAsStream("starter.safetensors")) {
            Files.write(model, Objects.requireNonNull(in).readAllBytes());
        }
        try {
            Process process = new ProcessBuilder("python3", script.toString(), model.toString()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? out : null;
        } catch (IOException e) {
            return null;
        }
    }
}
