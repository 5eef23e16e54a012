package dev.parallax.benchmarks.torch;

import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.Locale;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LayerNormOptions;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/// Times kernels of libtorch on one thread, at the sizes of `KernelCall`: one line each, its name there and the
/// median [µs]. A gradient is forward and backward less forward.
///
/// What has no counterpart is near it: a recurrence of libtorch multiplies its input by the weights as well (40
/// features, 100 of the GRU), over packed sequences; its attention runs over the padding.
final class TorchKernels {

    private static final long[] FRAMES = {100, 500, 400, 300, 200, 480, 160, 340};
    private static final long[] TURNS = {20, 110, 90, 45, 60};
    private static final int ROWS = 2480;
    private static final double SECONDS = 2; // of each
    private static final int HEADS = 4;

    private TorchKernels() {}

    static void measure() {
        set_num_threads(1);
        manual_seed(0);
        Tensor wide = randn(ROWS, 256);
        print("TANH", median(wide::tanh, false));
        print("SIGMOID", median(wide::sigmoid, false));
        Tensor scores = randn(ROWS, 100);
        print("SOFTMAX", median(() -> scores.softmax(1), false));
        layerNorm();
        lstm();
        gru();
        attention();
        adam();
    }

    private static void layerNorm() {
        Tensor x = variable(ROWS, 128);
        LayerNormImpl norm = new LayerNormImpl(new LayerNormOptions(new LongVector(new long[] {128})));
        both("LAYER_NORM", () -> norm.forward(x));
    }

    private static void lstm() {
        Tensor x = variable(FRAMES.length, Layers.longest(FRAMES), 40);
        Tensor lengths = Tensor.create(FRAMES);
        LSTMImpl lstm = Layers.lstm(40, 64, false);
        both("LSTM", () -> Layers.states(lstm, x, lengths, true));
    }

    private static void gru() {
        Tensor x = variable(TURNS.length, Layers.longest(TURNS), 100);
        Tensor lengths = Tensor.create(TURNS);
        GRUImpl gru = Layers.gru(100, 50, false);
        both("GRU", () -> Layers.states(gru, x, lengths, true));
    }

    private static void attention() {
        long time = Layers.longest(FRAMES);
        long batch = FRAMES.length;
        Tensor query = variable(batch, HEADS, time, 128 / HEADS);
        Tensor key = variable(batch, HEADS, time, 128 / HEADS);
        Tensor value = variable(batch, HEADS, time, 128 / HEADS);
        Tensor mask = Layers.mask(Tensor.create(FRAMES)).view(batch, 1, 1, time);
        Tensor padding = zeros(batch, 1, 1, time).masked_fill(mask.logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
        both(
                "ATTENTION",
                () -> scaled_dot_product_attention(
                        query,
                        key,
                        value,
                        new TensorOptional(padding),
                        Layers.DROPOUT,
                        false,
                        new DoubleOptional(),
                        false));
    }

    private static void adam() {
        Tensor parameter = variable(361_640);
        parameter.sum().backward();
        AdamOptions options = new AdamOptions(1e-3);
        options.weight_decay().put(1e-5);
        Adam adam = new Adam(new TensorVector(parameter), options);
        print("ADAM", medianOf(adam::step));
    }

    private static Tensor variable(long... shape) {
        return randn(shape).requires_grad_(true);
    }

    private static void both(String name, Supplier<Tensor> forward) {
        double alone = median(forward, false);
        print(name, alone);
        print(name + "_GRAD", median(forward, true) - alone);
    }

    @SuppressWarnings("try") // a scope acts by being closed
    private static double median(Supplier<Tensor> forward, boolean backward) {
        return medianOf(() -> {
            try (PointerScope scope = new PointerScope()) {
                Tensor out = forward.get();
                if (backward) {
                    out.sum().backward();
                }
            }
        });
    }

    /// After as long again without the clock.
    private static double medianOf(Runnable call) {
        long end = System.nanoTime() + (long) (SECONDS / 2 * 1e9);
        int calls = 0;
        while (System.nanoTime() < end || calls < 3) {
            call.run();
            calls++;
        }
        double[] times = new double[calls];
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            call.run();
            times[i] = (System.nanoTime() - start) * 1e-3;
        }
        return TorchEpoch.median(times);
    }

    private static void print(String name, double microseconds) {
        System.out.println(String.format(Locale.ROOT, "%s %.1f", name, microseconds));
    }
}
