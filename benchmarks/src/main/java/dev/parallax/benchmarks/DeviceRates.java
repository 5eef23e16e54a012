package dev.parallax.benchmarks;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.select.Backends;
import dev.parallax.benchmarks.DeviceCheck.Limit;
import dev.parallax.random.RandomStream;
import java.util.Arrays;

/// How fast a device is at single things: transfers, launches, products of matrices, a recurrent layer.
final class DeviceRates {

    private static final int MIB = 1 << 20;
    private static final int COPIED = 64 * MIB;
    private static final double SHORTEST = 0.2; // of a measurement [s]
    private static final int K_BLOCK = 256; // terms of a sum that are added by themselves

    private final Backend backend;
    private final String where;
    private final Limit limit;
    private final Memory memory;

    private DeviceRates(Backend backend, String where, Limit limit) {
        this.backend = backend;
        this.where = ", " + where;
        this.limit = limit;
        this.memory = backend.memory();
    }

    static void measure(String name, Limit limit) {
        try (Backend backend = Backends.choose(name, Say::line)) {
            DeviceRates rates = new DeviceRates(backend, name, limit);
            rates.copies();
            rates.launches();
            rates.recurrence();
            rates.products();
            rates.memory.close();
        }
    }

    /// Seconds of a call, once the device has done it: the mean of many, after one that is not timed. Negative where
    /// there is no time left for them.
    ///
    /// @param expected seconds of the first call, as far as is known
    private double seconds(Buffer any, double expected, Runnable call) {
        if (expected > limit.left()) {
            return -expected;
        }
        call.run();
        DeviceCheck.finish(backend, any);
        for (int count = 1; ; count *= 4) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                call.run();
            }
            DeviceCheck.finish(backend, any);
            double all = (System.nanoTime() - start) * 1e-9;
            if (all > SHORTEST || 5 * all > limit.left()) {
                return all / count;
            }
        }
    }

    private void copies() {
        float[] values = new float[COPIED / Float.BYTES];
        Arrays.fill(values, 1.5f);
        Buffer buffer = memory.allocate(values.length);
        double up = seconds(buffer, 0, () -> backend.upload(values, buffer));
        double down = seconds(buffer, 0, () -> backend.download(buffer, values));
        DeviceCheck.row("copy of 64 MiB to the device" + where, Say.number(COPIED / up * 1e-9, 2), "GB/s", "");
        DeviceCheck.row("copy of 64 MiB from the device" + where, Say.number(COPIED / down * 1e-9, 2), "GB/s", "");
    }

    private void launches() {
        Buffer one = memory.allocate(1);
        double queued = seconds(one, 0, () -> backend.scaleInPlace(1, one));
        double alone = seconds(one, 0, () -> {
            backend.scaleInPlace(1, one);
            DeviceCheck.finish(backend, one);
        });
        DeviceCheck.row("a launch, one of many" + where, Say.number(queued * 1e6, 1), "µs", "");
        DeviceCheck.row("a launch and the read of its result" + where, Say.number(alone * 1e6, 1), "µs", "");
    }

    private Buffer normal(int count, int stream) {
        RandomStream random = new RandomStream(1, 0, stream, count);
        Buffer buffer = memory.allocate(count);
        backend.upload(Workload.normal(random, count), buffer);
        return buffer;
    }

    /// 32 sequences of 500 steps, 64 hidden units, one direction.
    private void recurrence() {
        int[] lengths = new int[32];
        Arrays.fill(lengths, 500);
        Recurrence sizes = new Recurrence(Offsets.ofLengths(lengths), 64, false);
        int rows = sizes.offsets().total();
        int width = 4 * 64;
        Buffer projected = normal(rows * width, 1);
        Buffer weight = normal(width * 64, 2);
        backend.scaleInPlace(0.1f, weight);
        Buffer bias = normal(width, 3);
        Buffer gates = memory.allocate(rows * width);
        Buffer out = memory.allocate(2 * rows * 64);
        String what = "LSTM, 32 x 500 steps, 64 units, ";
        double forward = seconds(out, 0, () -> backend.lstm(sizes, projected, weight, bias, gates, out));
        DeviceCheck.row(what + "forward" + where, Say.number(forward * 1e3, 3), "ms", "");
        Buffer dOut = normal(2 * rows * 64, 4);
        Buffer dProjected = memory.allocate(rows * width);
        Buffer dWeight = memory.allocate(width * 64);
        Buffer dBias = memory.allocate(width);
        double backward = seconds(
                dBias, 0, () -> backend.lstmGradAdd(sizes, weight, gates, out, dOut, dProjected, dWeight, dBias));
        DeviceCheck.row(what + "backward" + where, Say.number(backward * 1e3, 3), "ms", "");
    }

    private void products() {
        double before = 0;
        for (int n : new int[] {512, 1024, 2048, 4096}) {
            before = 8 * product(n, before);
        }
    }

    /// A square product of n rows.
    ///
    /// @param expected seconds, as far as is known
    /// @return seconds; negative where it was not measured
    private double product(int n, double expected) {
        String what = "gemm " + n + where;
        double wait = Math.abs(expected);
        if (wait > limit.left()) {
            DeviceCheck.notMeasured(what, "it would take about " + Say.number(wait, 1) + " s");
            return wait;
        }
        Buffer a = normal(n * n, 5);
        Buffer b = normal(n * n, 6);
        Buffer out = memory.allocate(n * n);
        double time = seconds(out, 0, () -> backend.gemm(n, n, n, a, false, b, false, false, out));
        checkProduct(n, a, b, out);
        double rate = 2.0 * n * n * n / time * 1e-12;
        DeviceCheck.row(
                what + ", single precision",
                Say.number(rate, 3),
                "TFLOP/s",
                n == 2048 && DeviceCheck.isGpu(backend) ? Say.atLeast(rate, 15) : "");
        return time;
    }

    /// Some elements, to the last bit: blocks of 256 terms, one fused multiply-add a term.
    private void checkProduct(int n, Buffer a, Buffer b, Buffer out) {
        float[] rows = new float[n * n];
        float[] columns = new float[n * n];
        float[] values = new float[n * n];
        backend.download(a, rows);
        backend.download(b, columns);
        backend.download(out, values);
        for (int i = 0; i < n; i += n / 7) {
            int row = i;
            int column = n - 1 - i;
            float sum = 0;
            for (int from = 0; from < n; from += K_BLOCK) {
                float block = 0;
                for (int p = from; p < Math.min(n, from + K_BLOCK); p++) {
                    block = Math.fma(rows[row * n + p], columns[p * n + column], block);
                }
                sum = from == 0 ? block : sum + block;
            }
            float actual = values[row * n + column];
            if (Float.floatToIntBits(actual) != Float.floatToIntBits(sum)) {
                throw new IllegalStateException("gemm " + n + ": element [" + row + ", " + column + "] is " + actual
                        + ", the promised bits are those of " + sum);
            }
        }
    }
}
