package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.data.Labels;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Prediction;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The library in six lines, as the README shows it: compiled here, compared with the README, and run.
class ReadmeTest {

    private static final Path SOURCE = Path.of("src/test/java/dev/parallax/ReadmeTest.java");

    @TempDir
    Path folder;

    /// The README's lines, with the test's files and printer in place of its own.
    private void sixLines(Path modelFile, Path clip, PrintStream out) {
        EmotionModel model = EmotionModel.load(modelFile);
        Prediction prediction = model.predict(AudioFile.read(clip), "what a lovely surprise");
        out.println(prediction.decision().label());
        out.println(prediction.fused()); // from both
        out.println(prediction.audio()); // from the audio alone
        out.println(prediction.text()); // from the text alone
    }

    @Test
    void readme_snippet_isTheCodeThatIsCompiledHere() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String snippet = readme.substring(readme.indexOf("```java\n") + 8);
        List<String> shown = snippet.substring(0, snippet.indexOf("```"))
                .replace("Path.of(\"runs/demo/best.safetensors\")", "modelFile")
                .replace("Path.of(\"clip.wav\")", "clip")
                .replace("System.out", "out")
                .lines()
                .toList();
        List<String> source =
                Files.readString(SOURCE).lines().map(String::strip).toList();
        assertEquals(6, shown.size());
        int first = source.indexOf(shown.getFirst());
        assertTrue(first > 0, "the README's first line is not in this test: " + shown.getFirst());
        assertEquals(shown, source.subList(first, first + 6));
    }

    @Test
    void readme_snippet_runs() {
        UtteranceModelSpec plan = new UtteranceModelSpec(
                Labels.of("anger", "joy"),
                FeatureConfig.preset("speech"),
                NetworkConfig.STANDARD,
                Tokenizer.standard(),
                Subwords.NONE,
                new Vocabulary.Limits(1, 100));
        Path model = folder.resolve("model.safetensors");
        plan.newModel(
                        StartingWeights.RANDOM,
                        List.of("what a lovely day"),
                        null,
                        true,
                        new ScalarBackend(),
                        1,
                        line -> {})
                .save(model);
        Path clip = folder.resolve("clip.wav");
        WavWriter.PCM_16.write(clip, new Audio(new float[8_000], 16_000));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sixLines(model, clip, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(4, lines.size());
        assertTrue(List.of("anger", "joy").contains(lines.getFirst()));
    }
}
