package dev.parallax.benchmarks;

import dev.parallax.audio.Audio;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.data.Labels;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Prediction;
import dev.parallax.model.Starter;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A prediction, from samples and words to classes: 4 s at 16 kHz and a sentence. The features of the clip are
/// computed on all processors, or on the only one under `-XX:ActiveProcessorCount=1`.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PredictBenchmark {

    static final String TEXT = "I am so glad that you came all the way to see us!";

    /// Which model: the command line's defaults for features and network, with starting weights; or the starter,
    /// whose features have pitch among them.
    @Param({"standard", "starter"})
    private String model = "standard";

    private final Audio clip = MfccBenchmark.noise(4 * 16_000);
    private @Nullable EmotionModel asked;

    /// The scalar backend must come to the same decision.
    @Setup
    public void check() {
        EmotionModel scalar = model(Backends.choose("scalar", line -> {}));
        EmotionModel fastest = model(Backends.choose("auto", line -> {}));
        String expected = scalar.predict(clip, TEXT).decision().label();
        String found = fastest.predict(clip, TEXT).decision().label();
        if (!found.equals(expected) || !fastest.readsAudio() || !fastest.readsText()) {
            throw new IllegalStateException("predict: " + found + ", the scalar backend says " + expected
                    + "; the model must read audio and text");
        }
        asked = fastest;
    }

    private EmotionModel model(Backend backend) {
        return model.equals("starter") ? Starter.load(backend) : standard(backend);
    }

    /// The default features and network, with starting weights.
    static EmotionModel standard(Backend backend) {
        ModelConfig config = new ModelConfig(
                Labels.of("anger", "happiness", "neutral", "sadness"),
                ModelConfig.features("speech"),
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD,
                true,
                ModelConfig.WINDOW_SECONDS);
        List<String> words = Tokenizer.standard().tokenize(TEXT);
        return new EmotionModel(
                config, Vocabulary.build(List.of(words), new Vocabulary.Limits(1, words.size() + 1)), backend, 1);
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = "-XX:ActiveProcessorCount=1")
    public @Nullable Prediction onOneProcessor() {
        return predict();
    }

    @Benchmark
    @Fork(1)
    public @Nullable Prediction onAllProcessors() {
        return predict();
    }

    private @Nullable Prediction predict() {
        EmotionModel answers = asked;
        return answers == null ? null : answers.predict(clip, TEXT);
    }
}
