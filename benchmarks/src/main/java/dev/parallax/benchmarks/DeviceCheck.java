package dev.parallax.benchmarks;

import dev.parallax.BackendException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.select.Backends;
import dev.parallax.backend.select.SelfTest;
import java.util.List;
import java.util.Locale;

/// The stages of `native/check` that are measured in Java. Each prints rows of one table as soon as it has them, so
/// what was measured before a stage is stopped is not lost. It ends with 1 where something is wrong.
///
///     DeviceCheck kernels BACKEND                     all kernel cases, for a sanitizer to watch
///     DeviceCheck rates BACKEND SECONDS               transfers, launches, gemm, LSTM
///     DeviceCheck epochs BACKEND SECONDS              both workloads, in batches of several sizes
///     DeviceCheck pytorch PYTHON SCRIPT DEVICES SECONDS    the same in PyTorch: cpu, cuda, cuda-tf32
///     DeviceCheck ratios FILE                         ours over PyTorch's, of the rows in a file
public final class DeviceCheck {

    private DeviceCheck() {}

    /// The time that a stage has.
    static final class Limit {

        private final long end;

        Limit(String seconds) {
            end = System.nanoTime() + (long) (1e9 * Double.parseDouble(seconds));
        }

        /// Seconds that are left; negative when it is over.
        double left() {
            return (end - System.nanoTime()) * 1e-9;
        }
    }

    public static void main(String... arguments) throws Exception {
        List<String> words = List.of(arguments);
        try {
            switch (words.getFirst()) {
                case "kernels" -> kernels(words.get(1));
                case "rates" -> DeviceRates.measure(words.get(1), new Limit(words.get(2)));
                case "epochs" -> DeviceEpochs.measure(words.get(1), new Limit(words.get(2)));
                case "pytorch" -> DevicePeer.measure(words.subList(1, 4), new Limit(words.get(4)));
                case "ratios" -> DevicePeer.ratios(words.get(1));
                default -> throw new IllegalArgumentException("no stage is called " + words.getFirst());
            }
        } catch (BackendException | IllegalStateException e) {
            Say.line(words.getFirst() + " fails: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void kernels(String name) {
        try (Backend backend = Backends.choose(name, line -> {})) {
            List<SelfTest.Line> lines = SelfTest.run(backend);
            List<String> wrong = lines.stream()
                    .filter(line -> !line.passed())
                    .map(SelfTest.Line::kernel)
                    .toList();
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("wrong results of " + String.join(", ", wrong));
            }
            row("kernels that are right, " + name, lines.size() + " of " + lines.size(), "", "");
        }
    }

    /// Prints a row of the table.
    ///
    /// @param bar of the value, or empty
    static void row(String what, String value, String unit, String bar) {
        System.out.printf(Locale.ROOT, "| %s | %s | %s | %s |%n", what, value, unit, bar);
        System.out.flush();
    }

    /// A row of what there was no time for.
    static void notMeasured(String what, String why) {
        row(what, "not measured: " + why, "", "");
    }

    /// Whether the bars for a GPU mean anything here: not on a processor that stands for one.
    static boolean isGpu(Backend backend) {
        return backend.description().contains("(GPU, ")
                && !backend.description().contains("no GPU");
    }

    /// Waits until a device has done its work.
    static void finish(Backend backend, Buffer any) {
        backend.download(any.slice(0, 1), new float[1]);
    }
}
