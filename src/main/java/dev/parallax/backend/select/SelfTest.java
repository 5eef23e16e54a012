package dev.parallax.backend.select;

import dev.parallax.backend.Backend;
import dev.parallax.backend.cases.KernelCases;
import dev.parallax.backend.cases.PromisedBits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Compares every kernel of a backend with the scalar one on this machine, in well under a second: run by
/// `doctor` and at the start of training.
public final class SelfTest {

    private static final int[] SIZES = {5, 19};

    private SelfTest() {}

    /// The result for one kernel.
    ///
    /// @param kernel its name
    /// @param own    whether it is the backend's own; a delegated one is the scalar kernel itself
    /// @param error  largest error as a fraction of what is allowed
    ///               ([dev.parallax.backend.cases.KernelResult#errorOf])
    public record Line(String kernel, boolean own, double error) {

        /// Whether the error is within what is allowed.
        public boolean passed() {
            return error <= 1;
        }
    }

    /// Runs all kernels, in the order of their names.
    public static List<Line> run(Backend backend) {
        KernelCases cases = new KernelCases();
        Set<String> own = backend.ownKernels();
        List<Line> lines = new ArrayList<>();
        for (String kernel : Backend.kernels()) {
            double error = 0;
            for (int size : SIZES) {
                error = Math.max(error, cases.error(kernel, size, backend));
            }
            lines.add(new Line(kernel, own.contains(kernel), error));
        }
        return lines;
    }

    /// What the bits of a device are, beside those that are promised ([PromisedBits]).
    ///
    /// @param compared how many kernels; 0 where this JVM makes other inputs for them
    /// @param broken   those with other bits, with the sizes at which they have them
    public record Bits(int compared, List<String> broken) {

        /// For people: how many kernels keep the promise, or which do not.
        public String text() {
            if (compared == 0) {
                return "promised bits not compared: the logarithm of this JVM has other last digits";
            }
            return broken.isEmpty()
                    ? compared + " have the promised bits"
                    : "other bits than promised, at these sizes: " + String.join(", ", broken);
        }
    }

    /// Compares the bits of a device with those that are promised, in a few seconds.
    public static Bits bits(Backend device) {
        return PromisedBits.canBeCompared()
                ? new Bits(PromisedBits.kernels().size(), PromisedBits.broken(device))
                : new Bits(0, List.of());
    }
}
