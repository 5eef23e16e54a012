package dev.parallax.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;

/// The memory of a process, as the JVM and the system report it.
final class Memory {

    private static final int COLLECTIONS = 4; // the serial collector removes all dead objects only every fourth time
    private static final String WORKER = "parallax-worker";

    private Memory() {}

    /// The heap in use after a full collection [bytes].
    static long live() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// The bytes that the training threads have allocated on the heap so far: the caller, then the workers.
    static long[] allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TreeMap<Long, Long> byThread = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(WORKER)) {
                byThread.put(thread.getThreadId(), threads.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        long[] all = new long[1 + byThread.size()];
        all[0] = threads.getCurrentThreadAllocatedBytes();
        int i = 1;
        for (long bytes : byThread.values()) {
            all[i++] = bytes;
        }
        return all;
    }

    /// The number of collections so far.
    ///
    /// @param young those of the young generation, else full ones
    static long collections(boolean young) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> isYoung(collector) == young)
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static boolean isYoung(GarbageCollectorMXBean collector) {
        return Arrays.stream(collector.getMemoryPoolNames()).noneMatch(name -> name.startsWith("Tenured"));
    }

    /// The old generation in use [bytes]: it grows by what is promoted, and shrinks only when all is collected.
    static long old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().startsWith("Tenured"))
                .mapToLong((MemoryPoolMXBean pool) -> pool.getUsage().getUsed())
                .sum();
    }

    /// The peak of a process's physical memory [bytes], from the kernel; NaN where it does not report one.
    static double peak(String process) {
        try {
            return Files.readAllLines(Path.of("/proc", process, "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN; // not Linux, or it has ended
        }
    }
}
