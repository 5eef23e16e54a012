package dev.parallax.benchmarks;

import dev.parallax.audio.Audio;
import dev.parallax.backend.Backends;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.Starter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A prediction of the starter model, from samples and words to classes: 4 s at 16 kHz and a sentence.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PredictBenchmark {

    private static final String TEXT = "I am so glad that you came all the way to see us!";

    private final EmotionModel model = Starter.load(Backends.choose("auto", line -> {}));
    private final Audio clip = MfccBenchmark.noise(4 * 16_000);

    /// The scalar backend must come to the same decision.
    @Setup
    public void check() {
        EmotionModel scalar = Starter.load(Backends.choose("scalar", line -> {}));
        String expected = scalar.predict(clip, TEXT).decision().label();
        String found = model.predict(clip, TEXT).decision().label();
        if (!found.equals(expected) || !model.readsAudio() || !model.readsText()) {
            throw new IllegalStateException("predict: " + found + ", the scalar backend says " + expected
                    + "; the model must read audio and text");
        }
    }

    @Benchmark
    public Prediction predict() {
        return model.predict(clip, TEXT);
    }
}
