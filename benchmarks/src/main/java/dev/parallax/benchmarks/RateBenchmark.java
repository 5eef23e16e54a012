package dev.parallax.benchmarks;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.Features;
import dev.parallax.model.ModelConfig;
import java.util.concurrent.TimeUnit;
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

/// The default features of a clip of 60 s, on one thread, from recordings at several rates. At 16 kHz nothing is
/// resampled; the others less that is the cost of resampling.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RateBenchmark {

    /// Of the recording [Hz].
    @Param({"16000", "48000", "44100", "24414", "8000"})
    private int rate = 16_000;

    private final FeatureExtractor extractor = new FeatureExtractor(ModelConfig.features("speech"));
    private Audio clip = MfccBenchmark.noise(0);

    /// The frames must be as many as those of the same time at 16 kHz.
    @Setup
    public void check() {
        clip = new Audio(
                MfccBenchmark.noise(MfccBenchmark.SECONDS * rate).samples(), rate);
        int expected =
                extractor.extract(MfccBenchmark.noise(MfccBenchmark.SECONDS * 16_000)).frames();
        int found = extractor.extract(clip).frames();
        if (found != expected) {
            throw new IllegalStateException(
                    "features at " + rate + " Hz: " + found + " frames, at 16 kHz there are " + expected);
        }
    }

    @Benchmark
    public Features extract() {
        return extractor.extract(clip);
    }
}
