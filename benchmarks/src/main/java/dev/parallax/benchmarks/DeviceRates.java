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
import java.util.function.DoubleUnaryOperator;

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

    /// Seconds of a call, once the device has done it: the mean of many, after one that is not timed.
    private double seconds(Buffer any, Runnable call) {
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

    /// Whether there is time for a measurement; prints a row where there is none.
    ///
    /// @param expected seconds that it takes, as far as is known
    private boolean hasTime(String what, double expected) {
        if (expected <= limit.left()) {
            return true;
        }
        DeviceCheck.notMeasured(
                what + where,
                limit.left() < 0
                        ? "the time of this stage was over"
                        : "it takes about " + Say.number(expected, 1) + " s");
        return false;
    }

    /// Measures a call and prints its row, unless the time is over.
    ///
    /// @param value what the row says of its seconds
    private void measure(
            String what, String unit, int digits, Buffer any, Runnable call, DoubleUnaryOperator value) {
        if (hasTime(what, 0)) {
            double measured = value.applyAsDouble(seconds(any, call));
            DeviceCheck.row(what + where, Say.number(measured, digits), unit, "");
        }
    }

    private void copies() {
        float[] values = new float[COPIED / Float.BYTES];
        Arrays.fill(values, 1.5f);
        Buffer buffer = memory.allocate(values.length);
        DoubleUnaryOperator rate = seconds -> COPIED / seconds * 1e-9;
        measure("copy of 64 MiB to the device", "GB/s", 2, buffer, () -> backend.upload(values, buffer), rate);
        measure("copy of 64 MiB from the device", "GB/s", 2, buffer, () -> backend.download(buffer, values), rate);
    }

    private void launches() {
        Buffer one = memory.allocate(1);
        Runnable launch = () -> backend.scaleInPlace(1, one);
        Runnable read = () -> {
            launch.run();
            DeviceCheck.finish(backend, one);
        };
        measure("a launch, one of many", "µs", 1, one, launch, seconds -> seconds * 1e6);
        measure("a launch and the read of its result", "µs", 1, one, read, seconds -> seconds * 1e6);
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
        Runnable forward = () -> backend.lstm(sizes, projected, weight, bias, gates, out);
        measure(what + "forward", "ms", 3, out, forward, seconds -> seconds * 1e3);
        Buffer dOut = normal(2 * rows * 64, 4);
        Buffer dProjected = memory.allocate(rows * width);
        Buffer dWeight = memory.allocate(width * 64);
        Buffer dBias = memory.allocate(width);
        Runnable backward =
                () -> backend.lstmGradAdd(sizes, weight, gates, out, dOut, dProjected, dWeight, dBias);
        measure(what + "backward", "ms", 3, dBias, backward, seconds -> seconds * 1e3);
    }

    private void products() {
        double expected = 0;
        for (int n : new int[] {512, 1024, 2048, 4096}) {
            if (hasTime("gemm " + n, expected)) {
                expected = product(n);
            }
            expected *= 8; // of twice as many rows
        }
    }

    /// A square product of n rows.
    ///
    /// @return its seconds
    private double product(int n) {
        Buffer a = normal(n * n, 5);
        Buffer b = normal(n * n, 6);
        Buffer out = memory.allocate(n * n);
        double time = seconds(out, () -> backend.gemm(n, n, n, a, false, b, false, false, out));
        checkProduct(n, a, b, out);
        double rate = 2.0 * n * n * n / time * 1e-12;
        DeviceCheck.row(
                "gemm " + n + where + ", single precision",
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
