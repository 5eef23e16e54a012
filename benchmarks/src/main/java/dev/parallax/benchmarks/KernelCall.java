package dev.parallax.benchmarks;

import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// One call of a kernel with all its buffers in place, at a size of the two workloads: a shard of 8 utterances (2480
/// frames) or of 5 dialogues.
public final class KernelCall {

    /// Which kernel.
    public enum Kernel {
        TANH("tanh, 2480 x 256"),
        SIGMOID("sigmoid, 2480 x 256"),
        SOFTMAX("softmax, 2480 x 100"),
        LAYER_NORM("layer norm, 2480 x 128"),
        LAYER_NORM_GRAD("layer norm, gradient"),
        LSTM("LSTM, 8 sequences of 100 to 500, hidden 64"),
        LSTM_GRAD("LSTM, gradient"),
        GRU("GRU, 5 sequences of 20 to 110, hidden 50"),
        GRU_GRAD("GRU, gradient"),
        ATTENTION("attention, 8 sequences of 100 to 500, width 128, 4 heads, dropout 0.2"),
        ATTENTION_GRAD("attention, gradient"),
        ADAM("Adam, 361640 parameters");

        final String title;

        Kernel(String title) {
            this.title = title;
        }
    }

    private static final int STREAM = 0x6B65726E; // what the random numbers are for
    private static final Offsets FRAMES = Offsets.ofLengths(100, 500, 400, 300, 200, 480, 160, 340);
    private static final Offsets TURNS = Offsets.ofLengths(20, 110, 90, 45, 60);

    private final Backend backend;
    private final List<Buffer> results = new ArrayList<>();
    private int buffers;
    private int terms;
    private final Runnable call;

    KernelCall(Kernel kernel, Backend backend) {
        this.backend = backend;
        int rows = FRAMES.total();
        this.call = switch (kernel) {
            case TANH -> {
                Buffer x = normal(rows * 256, 1);
                Buffer out = result(rows * 256, 0);
                yield () -> backend.tanh(x, out);
            }
            case SIGMOID -> {
                Buffer x = normal(rows * 256, 1);
                Buffer out = result(rows * 256, 0);
                yield () -> backend.sigmoid(x, out);
            }
            case SOFTMAX -> {
                Buffer x = normal(rows * 100, 1);
                Buffer out = result(rows * 100, 100);
                yield () -> backend.softmax(x, rows, out);
            }
            case LAYER_NORM, LAYER_NORM_GRAD -> layerNorm(kernel == Kernel.LAYER_NORM_GRAD, rows, 128);
            case LSTM, LSTM_GRAD -> lstm(kernel == Kernel.LSTM_GRAD, new Recurrence(FRAMES, 64, false));
            case GRU, GRU_GRAD -> gru(kernel == Kernel.GRU_GRAD, new Recurrence(TURNS, 50, false));
            case ATTENTION, ATTENTION_GRAD ->
                attention(kernel == Kernel.ATTENTION_GRAD, new AttentionSizes(FRAMES, FRAMES, 128, 4));
            case ADAM -> adam(361_640);
        };
    }

    /// Calls it once.
    void run() {
        call.run();
    }

    /// Compares its result with another's.
    void requireEqual(KernelCall scalar, String what) {
        for (int i = 0; i < results.size(); i++) {
            Equality.require(what + ", result " + (i + 1), scalar.values(i), values(i), terms);
        }
    }

    private float[] values(int i) {
        float[] values = new float[results.get(i).length()];
        backend.download(results.get(i), values);
        return values;
    }

    private Runnable layerNorm(boolean gradient, int rows, int columns) {
        Buffer x = normal(rows * columns, 1);
        Buffer gamma = normal(columns, 1);
        Buffer beta = normal(columns, 1);
        Buffer stats = backend.allocate(2 * rows);
        if (!gradient) {
            Buffer out = result(rows * columns, columns);
            return () -> backend.layerNorm(x, gamma, beta, 1e-5f, rows, stats, out);
        }
        backend.layerNorm(x, gamma, beta, 1e-5f, rows, stats, backend.allocate(rows * columns));
        Buffer dy = normal(rows * columns, 1);
        Buffer dx = result(rows * columns, columns);
        Buffer dGamma = result(columns, rows);
        Buffer dBeta = result(columns, rows);
        return () -> backend.layerNormGradAdd(x, gamma, stats, dy, rows, dx, dGamma, dBeta);
    }

    private Runnable lstm(boolean gradient, Recurrence sizes) {
        int total = sizes.offsets().total();
        int hidden = sizes.hidden();
        Buffer projected = normal(total * 4 * hidden, 1);
        Buffer weight = normal(4 * hidden * hidden, 1 / Math.sqrt(hidden));
        Buffer bias = normal(4 * hidden, 1);
        int sums = hidden * sizes.offsets().longest();
        if (!gradient) {
            Buffer gates = backend.allocate(total * 4 * hidden);
            Buffer out = result(2 * total * hidden, sums);
            return () -> backend.lstm(sizes, projected, weight, bias, gates, out);
        }
        Buffer gates = backend.allocate(total * 4 * hidden);
        Buffer out = backend.allocate(2 * total * hidden);
        backend.lstm(sizes, projected, weight, bias, gates, out);
        Buffer dOut = normal(2 * total * hidden, 1);
        Buffer dProjected = result(total * 4 * hidden, sums);
        Buffer dWeight = result(4 * hidden * hidden, sums + total);
        Buffer dBias = result(4 * hidden, sums + total);
        return () -> backend.lstmGradAdd(sizes, weight, gates, out, dOut, dProjected, dWeight, dBias);
    }

    private Runnable gru(boolean gradient, Recurrence sizes) {
        int total = sizes.offsets().total();
        int hidden = sizes.hidden();
        Buffer projected = normal(total * 3 * hidden, 1);
        Buffer weight = normal(3 * hidden * hidden, 1 / Math.sqrt(hidden));
        Buffer bias = normal(3 * hidden, 1);
        int sums = hidden * sizes.offsets().longest();
        Buffer gates = backend.allocate(total * 4 * hidden);
        if (!gradient) {
            Buffer out = result(total * hidden, sums);
            return () -> backend.gru(sizes, projected, weight, bias, gates, out);
        }
        Buffer out = backend.allocate(total * hidden);
        backend.gru(sizes, projected, weight, bias, gates, out);
        Buffer dOut = normal(total * hidden, 1);
        Buffer dProjected = result(total * 3 * hidden, sums);
        Buffer dWeight = result(3 * hidden * hidden, sums + total);
        Buffer dBias = result(3 * hidden, sums + total);
        return () -> backend.gruGradAdd(sizes, weight, gates, out, dOut, dProjected, dWeight, dBias);
    }

    private Runnable attention(boolean gradient, AttentionSizes sizes) {
        int size = sizes.queries().total() * sizes.width();
        int sums = sizes.width() + sizes.keys().longest();
        Buffer q = normal(size, 1);
        Buffer k = normal(size, 1);
        Buffer v = normal(size, 1);
        DropoutMask mask = new DropoutMask(0.2f, 3, 1, 4, 0);
        Buffer logSumExp = backend.allocate(sizes.queries().total() * sizes.heads());
        if (!gradient) {
            Buffer out = result(size, sums);
            return () -> backend.attention(sizes, q, k, v, mask, logSumExp, out);
        }
        Buffer out = backend.allocate(size);
        backend.attention(sizes, q, k, v, mask, logSumExp, out);
        Buffer dOut = normal(size, 1);
        Buffer dq = result(size, sums);
        Buffer dk = result(size, sums);
        Buffer dv = result(size, sums);
        return () -> backend.attentionGradAdd(sizes, q, k, v, mask, logSumExp, out, dOut, dq, dk, dv);
    }

    private Runnable adam(int size) {
        AdamSettings settings = new AdamSettings(1e-3, 0.9, 0.999, 1e-8, 1e-5, false, 1);
        Buffer gradient = normal(size, 1);
        Buffer first = result(size, 0);
        Buffer second = result(size, 0);
        Buffer parameter = result(size, 0);
        return () -> backend.adam(settings, gradient, first, second, parameter);
    }

    private Buffer normal(int count, double deviation) {
        float[] values = Workload.normal(new RandomStream(1, 0, STREAM, buffers++), count);
        for (int i = 0; i < count; i++) {
            values[i] *= (float) deviation;
        }
        Buffer buffer = backend.allocate(count);
        backend.upload(values, buffer);
        return buffer;
    }

    /// A destination of zeros.
    private Buffer result(int count, int sumOf) {
        Buffer buffer = backend.allocate(count);
        results.add(buffer);
        terms = Math.max(terms, sumOf);
        return buffer;
    }
}
