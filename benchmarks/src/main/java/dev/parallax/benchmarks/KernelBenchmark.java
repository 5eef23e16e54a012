package dev.parallax.benchmarks;

import dev.parallax.backend.select.Backends;
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

/// Kernels of both backends, each compared with the scalar one before it is timed.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {

    @Param
    private KernelCall.Kernel kernel = KernelCall.Kernel.TANH;

    @Param({"scalar", "vector"})
    private String backend = "vector";

    private @Nullable KernelCall call;

    @Setup
    public void prepare() {
        KernelCall scalar = new KernelCall(kernel, Backends.choose("scalar", line -> {}));
        KernelCall timed = new KernelCall(kernel, Backends.choose(backend, line -> {}));
        scalar.run();
        timed.run();
        timed.requireEqual(scalar, kernel + " " + backend);
        call = timed;
    }

    @Benchmark
    public void run() {
        KernelCall timed = call;
        if (timed != null) {
            timed.run();
        }
    }
}
