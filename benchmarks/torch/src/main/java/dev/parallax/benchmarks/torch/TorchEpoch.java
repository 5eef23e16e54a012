package dev.parallax.benchmarks.torch;

import static org.bytedeco.openblas.global.openblas_nolapack.OPENBLAS_VERSION;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.show_config;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// Times epochs of training on libtorch: `peers/pytorch_epoch.py` once more, with the same arguments and the same
/// line.
///
///     TorchEpoch dialogue|utterance [threads] [epochs] [packed|padded]
///     TorchEpoch version
///     TorchEpoch kernels
///
/// One epoch is not timed. Prints the median of the others, and the mean loss of an utterance in the first epoch
/// and in the last. Ends with an error when the loss does not fall.
public final class TorchEpoch {

    private static final String USAGE = "usage: TorchEpoch dialogue|utterance [threads] [epochs] [packed|padded]";
    private static final String ARGUMENTS =
            "version|kernels|(dialogue|utterance)( [1-9]\\d?( [1-9]\\d?( packed| padded)?)?)?";

    private TorchEpoch() {}

    public static void main(String... arguments) throws IOException {
        if (!String.join(" ", arguments).matches(ARGUMENTS)) {
            System.err.println(USAGE);
            System.exit(2);
        }
        unpack();
        if (arguments[0].equals("version")) {
            System.out.println(version());
            return;
        }
        if (arguments[0].equals("kernels")) {
            TorchKernels.measure();
            return;
        }
        int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        int epochs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        boolean packed = arguments.length < 4 || arguments[3].equals("packed");
        set_num_threads(threads);
        manual_seed(0);
        TorchModel model = arguments[0].equals("dialogue") ? new DialogueModel(packed) : new UtteranceModel(packed);
        checkSize(model);
        System.out.println(measure(arguments[0], model, threads, epochs, packed));
    }

    private static String measure(String name, TorchModel model, int threads, int epochs, boolean packed) {
        AdamOptions options = new AdamOptions(1e-3);
        options.weight_decay().put(1e-5);
        Adam adam = new Adam(model.parameters(), options);
        double[] seconds = new double[epochs];
        double first = epoch(model, adam) / model.utterances();
        double last = first;
        for (int i = 0; i < epochs; i++) {
            long start = System.nanoTime();
            last = epoch(model, adam) / model.utterances();
            seconds[i] = (System.nanoTime() - start) * 1e-9;
        }
        if (!(last < first)) {
            throw new IllegalStateException("the loss went from " + first + " to " + last + "; it must fall");
        }
        double median = median(seconds);
        return String.format(
                Locale.ROOT,
                "{\"model\": \"%s\", \"threads\": %d, \"packed\": %b, \"seconds\": %.4f, \"utterances_per_second\": %.1f, "
                        + "\"first_loss\": %.4f, \"last_loss\": %.4f}",
                name,
                threads,
                packed,
                median,
                model.utterances() / median,
                first,
                last);
    }

    /// Forward, backward and a step for every batch; the sum of the losses.
    ///
    /// What the forward pass made is let go before the backward pass, as Python does: from then on libtorch alone
    /// decides how long it lives.
    @SuppressWarnings("try") // a scope acts by being closed
    private static double epoch(TorchModel model, Adam adam) {
        double sum = 0;
        for (int batch = 0; batch < model.batches(); batch++) {
            adam.zero_grad();
            try (PointerScope outer = new PointerScope()) {
                Tensor loss;
                try (PointerScope inner = new PointerScope()) {
                    loss = model.loss(batch);
                    outer.attach(loss);
                }
                loss.backward();
                sum += loss.item_float();
                adam.step();
            }
        }
        return sum;
    }

    private static void checkSize(TorchModel model) {
        long size = 0;
        TensorVector parameters = model.parameters();
        for (long i = 0; i < parameters.size(); i++) {
            size += parameters.get(i).numel();
        }
        if (size != model.size()) {
            throw new IllegalStateException(
                    "the model has " + size + " parameters, that of pytorch_epoch.py has " + model.size());
        }
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// All of libtorch before any of it is loaded: a part that is missing then would be taken from the system,
    /// where another version may be.
    private static void unpack() throws IOException {
        Loader.cacheResources("/org/bytedeco/pytorch/" + Loader.getPlatform() + "/");
    }

    private static String version() {
        Matcher version =
                Pattern.compile("TORCH_VERSION=([0-9.]+)").matcher(show_config().getString());
        return "libtorch " + (version.find() ? version.group(1) : "of unknown version") + ", "
                + OPENBLAS_VERSION.strip();
    }
}
