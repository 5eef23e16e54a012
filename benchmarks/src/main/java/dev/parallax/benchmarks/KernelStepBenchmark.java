package dev.parallax.benchmarks;

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

/// The steps of [KernelStep], each compared with the first of its kernel before it is timed.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class KernelStepBenchmark {

    @Param
    private KernelStep step = KernelStep.TANH_MATH;

    private @Nullable Runnable call;

    @Setup
    public void prepare() {
        KernelStep.Call timed = step.call();
        KernelStep first = step;
        for (KernelStep other : KernelStep.values()) {
            if (other.kernel.equals(step.kernel) && other.ordinal() < first.ordinal()) {
                first = other;
            }
        }
        Equality.require(step.title, first.call().result(), timed.result(), step.terms);
        call = timed.run();
    }

    @Benchmark
    public void run() {
        Runnable timed = call;
        if (timed != null) {
            timed.run();
        }
    }
}
