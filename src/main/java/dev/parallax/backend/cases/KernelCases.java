package dev.parallax.backend.cases;

import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.SgdSettings;
import dev.parallax.backend.scalar.ScalarBackend;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// One case for each kernel of [Backend]: it makes seeded inputs of a given size, runs the kernel and returns what
/// it wrote. The tests compare every backend with the scalar one through these cases, and so does
/// [dev.parallax.backend.select.SelfTest]. A kernel without a case is an error.
///
/// Kernels that accumulate start from destinations that are not zero.
public final class KernelCases {

    private final SortedMap<String, Consumer<CaseInputs>> cases = new TreeMap<>();

    /// @throws IllegalStateException when a kernel has no case, or a case no kernel
    public KernelCases() {
        memory();
        elements();
        matrices();
        rows();
        sequences();
        optimisers();
        NetworkCases.addTo(cases);
        if (!cases.keySet().equals(Backend.kernels())) {
            Set<String> wrong = new TreeSet<>(Backend.kernels());
            cases.keySet().forEach(name -> {
                if (!wrong.remove(name)) {
                    wrong.add(name);
                }
            });
            throw new IllegalStateException("kernels without a case, or cases without a kernel: " + wrong);
        }
    }

    /// Runs the case of a kernel.
    ///
    /// @param size columns, elements or hidden size, at least 1; odd ones reveal the most errors
    /// @return one result per destination
    public List<KernelResult> run(String kernel, int size, Backend backend) {
        Consumer<CaseInputs> kernelCase = cases.get(kernel);
        if (kernelCase == null) {
            throw new IllegalArgumentException("no kernel is called " + kernel);
        }
        try (CaseInputs inputs = new CaseInputs(backend, kernel, size)) {
            kernelCase.accept(inputs);
            return inputs.results();
        }
    }

    /// The largest error of a backend's kernel against [ScalarBackend], as a fraction of what [KernelResult] allows.
    public double error(String kernel, int size, Backend backend) {
        List<KernelResult> expected = run(kernel, size, new ScalarBackend());
        List<KernelResult> actual = run(kernel, size, backend);
        double error = 0;
        for (int i = 0; i < expected.size(); i++) {
            error = Math.max(error, expected.get(i).errorOf(actual.get(i)));
        }
        return error;
    }

    private void memory() {
        cases.put("memory", in -> in.result(in.allocate(in.size), 0));
        cases.put("upload", in -> in.result(in.normal(in.size), 0));
        cases.put("uploadAll", in -> {
            Buffer out = in.allocate(3 + in.size);
            in.backend.uploadAll(List.of(new float[] {1, 2}, new float[in.size], new float[] {3}), out);
            in.result(out, 0);
        });
        cases.put("download", in -> in.result(in.normal(in.size), 0));
        cases.put("announce", in -> {
            int[] ids = in.indices(in.size, in.size);
            Buffer out = in.allocate(2 * in.size);
            in.backend.announce(new int[0], ids, ids.clone());
            in.backend.gatherRows(in.normal(2 * in.size), ids, 2, out);
            in.result(out, 0);
        });
        cases.put("copy", in -> {
            Buffer out = in.allocate(in.size);
            in.backend.copy(in.normal(in.size), out);
            in.result(out, 0);
        });
        cases.put("fill", in -> {
            Buffer out = in.normal(in.size);
            in.backend.fill(1.5f, out);
            in.result(out, 0);
        });
    }

    private void elements() {
        binary("add", (in, x, y, out) -> in.backend.add(x, y, out));
        binary("multiply", (in, x, y, out) -> in.backend.multiply(x, y, out));
        binary("multiplyAdd", (in, x, y, out) -> in.backend.multiplyAdd(x, y, out));
        binary("tanhGradAdd", (in, y, dy, dx) -> in.backend.tanhGradAdd(y, dy, dx));
        binary("sigmoidGradAdd", (in, y, dy, dx) -> in.backend.sigmoidGradAdd(y, dy, dx));
        binary("reluGradAdd", (in, y, dy, dx) -> in.backend.reluGradAdd(y, dy, dx));
        binary("scaleAdd", (in, x, _, out) -> in.backend.scaleAdd(0.3f, x, out));
        binary("tanh", (in, x, _, out) -> in.backend.tanh(x, out));
        binary("sigmoid", (in, x, _, out) -> in.backend.sigmoid(x, out));
        binary("relu", (in, x, _, out) -> in.backend.relu(x, out));
        binary("gelu", (in, x, _, out) -> in.backend.gelu(x, out));
        binary("geluGradAdd", (in, x, dy, dx) -> in.backend.geluGradAdd(x, dy, dx));
        cases.put("scaleInPlace", in -> {
            Buffer x = in.normal(in.size);
            in.backend.scaleInPlace(-0.7f, x);
            in.result(x, 0);
        });
        cases.put("sumOfSquares", in -> {
            // Within each block of 4096 a backend may sum in its own order: twice that needs two blocks.
            Buffer sum = in.allocate(2);
            in.backend.sumOfSquares(in.normal(in.size + 4096), sum);
            in.resultInDouble(sum);
        });
        cases.put("clipByNorm", in -> {
            for (double maxNorm : new double[] {0, 0.5, 1e9}) { // none, shortened, short enough
                Buffer x = in.normal(in.size);
                Buffer sum = in.allocate(4).slice(2, 2);
                in.backend.sumOfSquares(x, sum);
                in.backend.clipByNorm(maxNorm, sum, x);
                in.result(x, 0);
            }
        });
        cases.put("dropoutAdd", in -> {
            Offsets offsets = in.ragged();
            Buffer out = in.normal(offsets.total() * in.size);
            DropoutMask mask = new DropoutMask(0.3f, 7, 2, 5, 11);
            in.backend.dropoutAdd(in.normal(offsets.total() * in.size), offsets, in.size, mask, out);
            in.result(out, 0);
        });
    }

    private interface Binary {
        void run(CaseInputs in, Buffer x, Buffer y, Buffer out);
    }

    private void binary(String kernel, Binary call) {
        cases.put(kernel, in -> {
            Buffer out = in.normal(in.size);
            call.run(in, in.normal(in.size), in.normal(in.size), out);
            in.result(out, 0);
        });
    }

    private void matrices() {
        cases.put("gemm", in -> {
            int[] other = {1, 3, 2 * in.size, in.size + 7};
            for (int variant = 0; variant < 8; variant++) {
                int m = other[variant % 4];
                int n = in.size;
                int k = other[(variant + 2) % 4];
                Buffer out = in.normal(m * n);
                boolean transposeA = (variant & 1) != 0;
                boolean transposeB = (variant & 2) != 0;
                in.backend.gemm(
                        m, n, k, in.normal(m * k), transposeA, in.normal(k * n), transposeB, (variant & 4) != 0, out);
                in.result(out, k);
            }
        });
        cases.put("broadcastRow", in -> {
            Buffer out = in.allocate(3 * in.size);
            in.backend.broadcastRow(in.normal(in.size), 3, out);
            in.result(out, 0);
        });
        cases.put("sumRowsAdd", in -> {
            Buffer out = in.normal(in.size);
            in.backend.sumRowsAdd(in.normal(11 * in.size), 11, out);
            in.result(out, 11);
        });
        cases.put("copyColumns", in -> columns(in, false));
        cases.put("copyColumnsAdd", in -> columns(in, true));
    }

    private static void columns(CaseInputs in, boolean add) {
        Buffer x = in.normal(3 * (in.size + 2));
        Buffer out = in.normal(3 * (in.size + 4));
        if (add) {
            in.backend.copyColumnsAdd(3, in.size, x, in.size + 2, 1, out, in.size + 4, 3);
        } else {
            in.backend.copyColumns(3, in.size, x, in.size + 2, 1, out, in.size + 4, 3);
        }
        in.result(out, 0);
    }

    private void rows() {
        cases.put("gatherRows", in -> {
            Buffer out = in.allocate(5 * in.size);
            in.backend.gatherRows(in.normal(4 * in.size), in.indices(5, 4), in.size, out);
            in.result(out, 0);
        });
        cases.put("scatterRowsAdd", in -> {
            Buffer out = in.normal(3 * in.size);
            in.backend.scatterRowsAdd(in.normal(7 * in.size), in.indices(7, 3), in.size, out);
            in.result(out, 7);
        });
        RowCases.addTo(cases);
    }

    private void sequences() {
        SequenceCases.addTo(cases);
    }

    private void optimisers() {
        cases.put("adam", in -> {
            for (boolean decoupled : new boolean[] {false, true}) {
                Buffer first = in.normal(in.size, 0.1);
                Buffer second = in.uniform(in.size, 0, 0.1);
                Buffer parameter = in.normal(in.size);
                AdamSettings settings = new AdamSettings(0.01, 0.9, 0.999, 1e-8, 0.1, decoupled, 3);
                in.backend.adam(settings, in.normal(in.size), first, second, parameter);
                in.result(first, 0);
                in.result(second, 0);
                in.result(parameter, 0);
            }
        });
        cases.put("sgd", in -> {
            for (int step = 1; step <= 2; step++) {
                Buffer velocity = in.normal(in.size);
                Buffer parameter = in.normal(in.size);
                SgdSettings settings = new SgdSettings(0.1, 0.9, step == 2, 0.01, step);
                in.backend.sgd(settings, in.normal(in.size), velocity, parameter);
                in.result(velocity, 0);
                in.result(parameter, 0);
            }
        });
    }
}
