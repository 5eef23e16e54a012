package dev.parallax.benchmarks;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.Cepstra;
import dev.parallax.audio.features.Cmvn;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.Features;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// MFCC of a clip of 60 s: 16 kHz, frames of 400 samples, 512 point transform, hop 160, 40 mel bands, 20 coefficients.
/// Each thread has a clip of its own; all share the tables.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class MfccBenchmark {

    private static final int SAMPLE_RATE = 16_000;

    /// Of the clip.
    static final int SECONDS = 60;

    /// Frames of the clip.
    static final int FRAMES = 1 + (SECONDS * SAMPLE_RATE - 400) / 160;

    private static final int STREAM = 0x6D666363; // what the random numbers are for

    private static final FeatureExtractor EXTRACTOR = extractor();
    private final Audio clip = noise(SECONDS * SAMPLE_RATE);

    static FeatureExtractor extractor() {
        return new FeatureExtractor(FeatureConfig.preset("speech")
                .edit()
                .cepstra(new Cepstra(20, 22, Cepstra.LifterStart.ZERO))
                .output(FeatureConfig.Output.MFCC)
                .cmvn(Cmvn.NONE)
                .build());
    }

    /// Noise; a clip of any length is the beginning of every longer one.
    static Audio noise(int samples) {
        float[] values = Workload.normal(new RandomStream(1, 0, STREAM, 0), samples);
        for (int i = 0; i < samples; i++) {
            values[i] *= 0.1f;
        }
        return new Audio(values, SAMPLE_RATE);
    }

    /// The clip must have the expected number of frames, and its first second the same frames as alone.
    @Setup
    public void check() {
        Features whole = EXTRACTOR.extract(clip);
        Features second = EXTRACTOR.extract(noise(SAMPLE_RATE));
        float[] beginning = Arrays.copyOf(whole.values(), second.values().length);
        if (whole.frames() != FRAMES || whole.size() != 20 || !Arrays.equals(beginning, second.values())) {
            throw new IllegalStateException("MFCC: " + whole.frames() + " x " + whole.size() + ", expected " + FRAMES
                    + " x 20, of which the first second is like that second alone");
        }
    }

    @Benchmark
    @Threads(1)
    public Features onOneThread() {
        return EXTRACTOR.extract(clip);
    }

    @Benchmark
    @Threads(2)
    public Features onTwoThreads() {
        return EXTRACTOR.extract(clip);
    }
}
