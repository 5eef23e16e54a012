package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.data.Labels;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The calls from a command to an innermost loop that the README shows, compared with the stacks that the JVM's
/// flight recorder samples in those loops while the command runs.
class CallChainTest {

    private static final String ROOT = "dev.parallax.";
    private static final String SECTION = "## The way of one number\n";

    @TempDir
    Path folder;

    @Test
    void predict_features_takeTheWayThatReadmeShows() throws IOException {
        assertEquals(shown(0), only(stacks("audio.features.MelFilterbank::apply", predict())));
    }

    @Test
    void predict_answer_takesTheWayThatReadmeShows() throws IOException {
        assertEquals(shown(1), only(stacks("backend.scalar.ScalarLstm::forward", predict())));
    }

    @Test
    void train_stepAndGradient_takeTheWaysThatReadmeShows() throws IOException {
        List<List<String>> ways = stacks("backend.scalar.ScalarLstm", train()).stream()
                .filter(CallChainTest::isInStep)
                .toList();
        List<String> step = new ArrayList<>(shown(2));
        List<String> answer = shown(1);
        step.addAll(answer.subList(answer.indexOf(step.getLast()) + 1, answer.size()));
        assertEquals(Set.of(step, shown(3)), Set.copyOf(ways));
    }

    /// Whether a stack is in a training step, not in the backend's self-test before the first or in the scoring
    /// after an epoch.
    private static boolean isInStep(List<String> way) {
        return way.stream().anyMatch(line -> line.startsWith("train.ShardedStep"));
    }

    private static List<String> only(Set<List<String>> stacks) {
        assertEquals(1, stacks.size(), () -> "several ways: " + stacks);
        return stacks.iterator().next();
    }

    /// A block of the README's section: from the outermost to the innermost call, one line per class.
    private static List<String> shown(int block) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf(SECTION) + SECTION.length());
        String[] blocks = section.substring(0, section.indexOf("\n## ")).split("```(text)?\n?");
        return blocks[2 * block + 1].lines().toList();
    }

    /// The different stacks in which a method, or any of its class, runs while a command does. Each is as the
    /// README writes it: our own calls alone, those of one class in one line. A lambda counts as the method that
    /// contains it.
    private Set<List<String>> stacks(String method, List<String> command) throws IOException {
        Set<List<String>> stacks = new LinkedHashSet<>();
        for (RecordedEvent event : MethodTraces.of(folder, method, command)) {
            List<RecordedMethod> calls = new ArrayList<>(event.getStackTrace().getFrames().reversed().stream()
                    .map(RecordedFrame::getMethod)
                    .toList());
            calls.add(event.getValue("method"));
            stacks.add(lines(calls));
        }
        return stacks;
    }

    private static List<String> lines(List<RecordedMethod> calls) {
        List<String> lines = new ArrayList<>();
        for (RecordedMethod call : calls) {
            String type = call.getType().getName();
            boolean isOfTests =
                    type.indexOf('.', ROOT.length()) < 0; // in the root package, which makes no calls itself
            if (!type.startsWith(ROOT) || type.contains("$$") || isOfTests) {
                continue;
            }
            String name = call.getName();
            String method = name.startsWith("lambda$") ? name.split("\\$")[1] : name;
            String line = type.substring(ROOT.length()) + "." + method;
            String last = lines.isEmpty() ? "" : lines.getLast();
            String[] parts = last.split(", ");
            if (!parts[0].startsWith(type.substring(ROOT.length()) + ".")) {
                lines.add(line);
            } else if (!parts[0].equals(line) && !Arrays.asList(parts).contains(method)) {
                lines.set(lines.size() - 1, last + ", " + method);
            }
        }
        return lines;
    }

    private List<String> predict() {
        Path model = folder.resolve("model.safetensors");
        new UtteranceModelSpec(
                        Labels.of("anger", "joy"),
                        FeatureConfig.preset("speech"),
                        NetworkConfig.STANDARD,
                        Tokenizer.standard(),
                        Subwords.NONE,
                        new Vocabulary.Limits(1, 100))
                .newModel(
                        StartingWeights.RANDOM,
                        List.of("what a lovely day"),
                        null,
                        true,
                        new ScalarBackend(),
                        1,
                        _ -> {})
                .save(model);
        Path clip = folder.resolve("clip.wav");
        WavWriter.PCM_16.write(clip, new Audio(new float[8_000], 16_000));
        return List.of(
                "predict",
                "--model",
                model.toString(),
                "--audio",
                clip.toString(),
                "--text",
                "what a day",
                "--threads",
                "1",
                "--backend",
                "scalar");
    }

    private List<String> train() {
        return List.of(
                "train",
                "--corpus",
                "synthetic:7",
                "--size",
                "60",
                "--features",
                "speech",
                "--as-recorded",
                "--set",
                "training.epochs=1",
                "--threads",
                "1",
                "--backend",
                "scalar",
                "--cache",
                folder.resolve("cache").toString(),
                "--out",
                folder.resolve("run").toString());
    }
}
