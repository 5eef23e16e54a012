package dev.parallax.spark;

import java.util.Locale;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/// What the tasks of a job cost, as Spark reports them: the part of the time that computes, and the part that is
/// Spark's.
final class JobCost extends SparkListener {

    private long tasks;
    private long failed;
    private long runMillis;
    private long cpuNanos;
    private long shuffledBytes;
    private long peakBytes;

    /// Listens to a session from now on.
    static JobCost of(SparkSession spark) {
        JobCost cost = new JobCost();
        spark.sparkContext().addSparkListener(cost);
        return cost;
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        tasks++;
        if (!end.taskInfo().successful()) {
            failed++; // also the slower of two attempts at the same task, and those of a lost worker
        }
        TaskMetrics metrics = end.taskMetrics();
        if (metrics != null) {
            runMillis += metrics.executorRunTime();
            cpuNanos += metrics.executorCpuTime();
            shuffledBytes += metrics.shuffleWriteMetrics().bytesWritten();
        }
        if (end.taskExecutorMetrics() != null) {
            peakBytes = Math.max(peakBytes, end.taskExecutorMetrics().getMetricValue("JVMHeapMemory"));
        }
    }

    /// In one line.
    synchronized String line() {
        return String.format(
                Locale.ROOT,
                "tasks: %d, of which %d did not count (lost workers, slower copies); %.1f s of executors, of which"
                        + " %.1f s of a processor; %.1f MB shuffled; at most %d MB of heap in an executor",
                tasks,
                failed,
                runMillis / 1000.0,
                cpuNanos / 1e9,
                shuffledBytes / 1e6,
                peakBytes >> 20);
    }
}
