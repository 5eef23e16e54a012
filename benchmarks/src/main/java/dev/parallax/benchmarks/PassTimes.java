package dev.parallax.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Seconds of a pass through an encoder, round by round.
///
/// @param wall      by the clock
/// @param processor of all threads of the process
record PassTimes(List<Double> wall, List<Double> processor) {

    PassTimes() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /// Times some passes in this process and adds their mean.
    void add(int passes, Runnable pass) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processorBefore = system.getProcessCpuTime();
        long before = System.nanoTime();
        for (int i = 0; i < passes; i++) {
            pass.run();
        }
        add(
                (System.nanoTime() - before) * 1e-9 / passes,
                (system.getProcessCpuTime() - processorBefore) * 1e-9 / passes);
    }

    void add(double seconds, double processorSeconds) {
        wall.add(seconds);
        processor.add(processorSeconds);
    }

    double medianWall() {
        return EpochTimes.median(wall);
    }

    double medianProcessor() {
        return EpochTimes.median(processor);
    }

    /// Both medians in milliseconds: `12.3 (12.1)`.
    String text() {
        return wall.isEmpty()
                ? "-"
                : Say.number(1e3 * medianWall(), 1) + " (" + Say.number(1e3 * medianProcessor(), 1) + ")";
    }
}
