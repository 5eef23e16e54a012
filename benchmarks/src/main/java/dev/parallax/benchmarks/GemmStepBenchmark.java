package dev.parallax.benchmarks;

import dev.parallax.random.RandomStream;
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

/// The steps of [GemmStep], each compared with the plain loops before it is timed.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class GemmStepBenchmark {

    private static final int STREAM = 0x67656D73; // what the random numbers are for

    @Param
    private GemmStep step = GemmStep.PLAIN;

    @Param({"480", "960"})
    private int size = 480;

    private float[] a = new float[0];
    private float[] b = new float[0];
    private float[] out = new float[0];

    @Setup
    public void prepare() {
        a = Workload.normal(new RandomStream(1, 0, STREAM, 0), size * size);
        b = Workload.normal(new RandomStream(1, 0, STREAM, 1), size * size);
        out = new float[size * size];
        float[] expected = new float[size * size];
        GemmStep.PLAIN.multiply(size, a, b, expected);
        step.multiply(size, a, b, out);
        Equality.require(step + " " + size, expected, out, size);
    }

    @Benchmark
    public void multiply() {
        step.multiply(size, a, b, out);
    }
}
