package dev.parallax.benchmarks;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.select.Backends;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The way from plain loops to the fused kernels, step by step, at the sizes of the utterance workload: 8 sequences
/// of 100 to 500 frames. `docs/simd.md` explains it.
public enum KernelStep {
    TANH_MATH("tanh, 2480 x 256", "`Math.tanh`", 1),
    TANH_PLAIN("tanh, 2480 x 256", "the formula of the vector kernel in plain Java", 1),
    TANH_VECTOR("tanh, 2480 x 256", "the vector backend", 1),

    DROPOUT_PLAIN("dropout, 2480 x 256", "Philox, a block for eight values (the scalar backend)", 1),
    DROPOUT_VECTOR("dropout, 2480 x 256", "the vector backend: a lane for each block, turned in registers", 1),

    LSTM_PLAIN("LSTM, hidden 64", "plain loops (the scalar backend)", 500 * 64),
    LSTM_SEQUENCES("LSTM, hidden 64", "sequence by sequence, a product for each step", 500 * 64),
    LSTM_TOGETHER("LSTM, hidden 64", "all running sequences in one product per step", 500 * 64),
    LSTM_VECTOR("LSTM, hidden 64", "the vector backend: packed once, gates fused", 500 * 64),

    ATTENTION_PLAIN("attention, width 128, 4 heads", "plain loops (the scalar backend)", 500),
    ATTENTION_WHOLE("attention, width 128, 4 heads", "products and softmax, all scores of a head in memory", 500),
    ATTENTION_VECTOR("attention, width 128, 4 heads", "the vector backend: tiles of 32 rows of scores", 500);

    private static final Offsets FRAMES = Offsets.ofLengths(100, 500, 400, 300, 200, 480, 160, 340);
    private static final int STREAM = 0x73746570; // what the random numbers are for
    private static final int HIDDEN = 64;
    private static final int WIDTH = 128;
    private static final int HEADS = 4;

    final String kernel;
    final String title;
    final int terms; // of the longest sum behind a value

    KernelStep(String kernel, String title, int terms) {
        this.kernel = kernel;
        this.title = title;
        this.terms = terms;
    }

    /// The kernel with its buffers in place.
    Call call() {
        Backend backend = Backends.choose(name().endsWith("_PLAIN") ? "scalar" : "vector", line -> {});
        return switch (this) {
            case TANH_MATH, TANH_PLAIN, TANH_VECTOR -> tanh(backend);
            case DROPOUT_PLAIN, DROPOUT_VECTOR -> dropout(backend);
            case LSTM_PLAIN, LSTM_SEQUENCES, LSTM_TOGETHER, LSTM_VECTOR -> lstm(backend);
            case ATTENTION_PLAIN, ATTENTION_WHOLE, ATTENTION_VECTOR -> attention(backend);
        };
    }

    /// A kernel that can be run, and its result.
    record Call(Runnable run, Backend backend, Buffer out) {
        float[] result() {
            run.run();
            float[] values = new float[out.length()];
            backend.download(out, values);
            return values;
        }
    }

    private static Buffer normal(Backend backend, int number, int length, double deviation) {
        float[] values = Workload.normal(new RandomStream(4, 0, STREAM, number), length);
        for (int i = 0; i < length; i++) {
            values[i] *= (float) deviation;
        }
        Buffer buffer = backend.allocate(length);
        backend.upload(values, buffer);
        return buffer;
    }

    // ---- tanh ----

    private Call tanh(Backend backend) {
        int length = 2480 * 256;
        Buffer x = normal(backend, 0, length, 1);
        Buffer out = backend.allocate(length);
        float[] values = new float[length];
        float[] results = new float[length];
        backend.download(x, values);
        return switch (this) {
            case TANH_MATH ->
                new Call(
                        () -> {
                            for (int i = 0; i < length; i++) {
                                results[i] = (float) Math.tanh(values[i]);
                            }
                            backend.upload(results, out);
                        },
                        backend,
                        out);
            case TANH_PLAIN ->
                new Call(
                        () -> {
                            for (int i = 0; i < length; i++) {
                                results[i] = plainTanh(values[i]);
                            }
                            backend.upload(results, out);
                        },
                        backend,
                        out);
            default -> new Call(() -> backend.tanh(x, out), backend, out);
        };
    }

    /// 1 - 2 / (exp(2|x|) + 1), with the sign of x; for small |x| Lambert's continued fraction, where that would
    /// cancel.
    private static float plainTanh(float x) {
        float a = Math.abs(x);
        if (a < 0.625f) {
            float square = a * a;
            float small = a - square * a * (315 + 14 * square) / (945 + square * (420 + 15 * square));
            return Math.copySign(small, x);
        }
        float twice = Math.min(2 * a, 20);
        float n = Math.round(twice * 1.442695f);
        float r = twice - n * 0.693359375f + n * 2.1219444e-4f;
        float series = 0.5f + r * (0.16666520f + r * (0.041668391f + r * (0.0083687455f + r * 0.0013814541f)));
        float power = Float.intBitsToFloat(((int) n + 127) << 23);
        return Math.copySign(1 - 2 / ((1 + r + r * r * series) * power + 1), x);
    }

    // ---- dropout ----

    private static Call dropout(Backend backend) {
        int total = FRAMES.total();
        Buffer x = normal(backend, 7, total * 256, 1);
        Buffer out = backend.allocate(total * 256);
        DropoutMask mask = new DropoutMask(0.2f, 1, 1, STREAM, 0);
        return new Call(
                () -> {
                    backend.fill(0, out);
                    backend.dropoutAdd(x, FRAMES, 256, mask, out);
                },
                backend,
                out);
    }

    // ---- LSTM ----

    private Call lstm(Backend backend) {
        int total = FRAMES.total();
        Buffer projected = normal(backend, 1, total * 4 * HIDDEN, 1);
        Buffer weight = normal(backend, 2, 4 * HIDDEN * HIDDEN, 1 / Math.sqrt(HIDDEN));
        Buffer bias = normal(backend, 3, 4 * HIDDEN, 1);
        Buffer states = backend.allocate(total * HIDDEN);
        if (this == LSTM_SEQUENCES || this == LSTM_TOGETHER) {
            Integer[] longestFirst = IntStream.range(0, FRAMES.count()).boxed().toArray(Integer[]::new);
            Arrays.sort(longestFirst, Comparator.comparing(i -> -FRAMES.length(i)));
            SteppedLstm stepped = new SteppedLstm(backend, projected, weight, bias, states);
            return new Call(
                    () -> {
                        if (this == LSTM_TOGETHER) {
                            stepped.run(longestFirst);
                        } else {
                            for (int i = 0; i < FRAMES.count(); i++) {
                                stepped.run(i);
                            }
                        }
                    },
                    backend,
                    states);
        }
        Buffer gates = backend.allocate(total * 4 * HIDDEN);
        Buffer out = backend.allocate(2 * total * HIDDEN);
        Recurrence sizes = new Recurrence(FRAMES, HIDDEN, false);
        return new Call(
                () -> backend.lstm(sizes, projected, weight, bias, gates, out), backend, out.slice(0, total * HIDDEN));
    }

    /// An LSTM from the operations of a backend: a matrix product per step, then the gates.
    private record SteppedLstm(Backend backend, Buffer projected, Buffer weight, Buffer bias, Buffer states) {

        /// Runs these sequences side by side, longest first.
        void run(Integer... sequences) {
            int count = sequences.length;
            Buffer sums = backend.allocate(count * 4 * HIDDEN);
            Buffer hidden = backend.allocate(count * HIDDEN);
            Buffer cell = backend.allocate(count * HIDDEN);
            Buffer added = backend.allocate(HIDDEN);
            backend.fill(0, cell);
            for (int step = 0; step < FRAMES.length(sequences[0]); step++) {
                int running = 0;
                while (running < count && FRAMES.length(sequences[running]) > step) {
                    int row = FRAMES.start(sequences[running]) + step;
                    Buffer in = projected.slice(row * 4 * HIDDEN, 4 * HIDDEN);
                    backend.add(in, bias, sums.slice(running * 4 * HIDDEN, 4 * HIDDEN));
                    running++;
                }
                if (step > 0) {
                    Buffer before = hidden.slice(0, running * HIDDEN);
                    Buffer out = sums.slice(0, running * 4 * HIDDEN);
                    backend.gemm(running, 4 * HIDDEN, HIDDEN, before, false, weight, true, true, out);
                }
                for (int s = 0; s < running; s++) {
                    Buffer gate = sums.slice(s * 4 * HIDDEN, 4 * HIDDEN);
                    Buffer state = cell.slice(s * HIDDEN, HIDDEN);
                    activate(gate, state, hidden.slice(s * HIDDEN, HIDDEN), added);
                    int row = FRAMES.start(sequences[s]) + step;
                    backend.copy(hidden.slice(s * HIDDEN, HIDDEN), states.slice(row * HIDDEN, HIDDEN));
                }
            }
        }

        private void activate(Buffer gate, Buffer cell, Buffer hidden, Buffer added) {
            Buffer input = gate.slice(0, HIDDEN);
            Buffer forget = gate.slice(HIDDEN, HIDDEN);
            Buffer candidate = gate.slice(2 * HIDDEN, HIDDEN);
            Buffer output = gate.slice(3 * HIDDEN, HIDDEN);
            backend.sigmoid(gate.slice(0, 2 * HIDDEN), gate.slice(0, 2 * HIDDEN));
            backend.tanh(candidate, candidate);
            backend.sigmoid(output, output);
            backend.multiply(input, candidate, added);
            backend.multiplyAdd(forget, cell, added);
            backend.copy(added, cell);
            backend.tanh(cell, added);
            backend.multiply(output, added, hidden);
        }
    }

    // ---- attention ----

    private Call attention(Backend backend) {
        int total = FRAMES.total();
        Buffer query = normal(backend, 4, total * WIDTH, 1);
        Buffer key = normal(backend, 5, total * WIDTH, 1);
        Buffer value = normal(backend, 6, total * WIDTH, 1);
        Buffer out = backend.allocate(total * WIDTH);
        AttentionSizes sizes = new AttentionSizes(FRAMES, FRAMES, WIDTH, HEADS);
        if (this == ATTENTION_WHOLE) {
            return new Call(() -> wholeAttention(backend, sizes.scale(), query, key, value, out), backend, out);
        }
        Buffer logSumExp = backend.allocate(total * HEADS);
        return new Call(
                () -> backend.attention(sizes, query, key, value, DropoutMask.NONE, logSumExp, out), backend, out);
    }

    private static void wholeAttention(
            Backend backend, float scale, Buffer query, Buffer key, Buffer value, Buffer out) {
        int d = WIDTH / HEADS;
        int longest = FRAMES.longest();
        Buffer q = backend.allocate(longest * d);
        Buffer k = backend.allocate(longest * d);
        Buffer v = backend.allocate(longest * d);
        Buffer scores = backend.allocate(longest * longest);
        Buffer weights = backend.allocate(longest * longest);
        for (int i = 0; i < FRAMES.count(); i++) {
            int length = FRAMES.length(i);
            int from = FRAMES.start(i) * WIDTH;
            for (int head = 0; head < HEADS; head++) {
                Buffer[] whole = {query, key, value};
                Buffer[] parts = {q.slice(0, length * d), k.slice(0, length * d), v.slice(0, length * d)};
                for (int x = 0; x < 3; x++) {
                    Buffer rows = whole[x].slice(from, length * WIDTH);
                    backend.copyColumns(length, d, rows, WIDTH, head * d, parts[x], d, 0);
                }
                Buffer all = scores.slice(0, length * length);
                Buffer soft = weights.slice(0, length * length);
                backend.gemm(length, length, d, parts[0], false, parts[1], true, false, all);
                backend.scaleInPlace(scale, all);
                backend.softmax(all, length, soft);
                backend.gemm(length, d, length, soft, false, parts[2], false, false, parts[0]);
                Buffer to = out.slice(from, length * WIDTH);
                backend.copyColumns(length, d, parts[0], d, 0, to, WIDTH, head * d);
            }
        }
    }
}
