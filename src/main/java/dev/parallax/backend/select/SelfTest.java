package dev.parallax.backend.select;

import dev.parallax.backend.Backend;
import dev.parallax.backend.cases.KernelCases;
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
}
