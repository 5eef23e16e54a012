package dev.parallax.benchmarks;

import java.util.Arrays;
import java.util.Map;

/// The part of the page about kernels, measured with JMH.
final class KernelSection {

    private static final double LEAST_OF_SQUARES = 0.85;
    private static final double LEAST_OF_MODELS = 0.9;

    private final Medians medians;
    private final Map<String, Double> libtorch;

    private KernelSection(Medians medians, Map<String, Double> libtorch) {
        this.medians = medians;
        this.libtorch = libtorch;
    }

    /// Measures and returns the text.
    ///
    /// @param libtorch possibly missing
    static String measure(Peer libtorch) {
        Medians medians = new Medians();
        medians.measure(Medians.options("KernelBenchmark"));
        medians.measure(Medians.options("GemmBenchmark").param("using", "VECTOR", "EJML", "OPENBLAS"));
        // Plain loops take seconds for the larger square.
        String[] quick = Arrays.stream(GemmShape.values())
                .filter(shape -> shape != GemmShape.SQUARE_960)
                .map(Enum::name)
                .toArray(String[]::new);
        medians.measure(
                Medians.options("GemmBenchmark").param("using", "SCALAR").param("shape", quick));
        medians.measure(Medians.options("GemmBenchmark")
                .param("using", "OPENBLAS_ON_TWO_THREADS")
                .param("transposes", "NN")
                .param("shape", "SQUARE_480", "SQUARE_960"));
        return new KernelSection(medians, libtorch.isThere() ? libtorch.kernels() : Map.of()).text();
    }

    private String text() {
        return """
                ## Kernels

                %s

                JMH, one thread, medians; every kernel is held against the scalar one before it is timed.

                ### Matrix products, single precision [GFLOP/s]

                N: an operand is stored as it is used, T: transposed. OpenBLAS runs on one thread, its matrices outside
                the heap.

                | product | a b | scalar | vector | EJML | OpenBLAS | vector / EJML | vector / OpenBLAS | bar |
                |---|---|---|---|---|---|---|---|---|
                %s
                OpenBLAS on two threads is %s times as fast as on one at 480, %s times at 960 (NN).

                ### Other kernels [µs]

                libtorch on one thread, in a separate process. Its recurrences also multiply the input by the weights, which here is a
                separate product, and its attention runs over the padding. A gradient is forward and backward less forward.

                | kernel | scalar | vector | scalar / vector | libtorch | libtorch / vector |
                |---|---|---|---|---|---|
                %s
                """.formatted(
                Machine.line(), products(), speedup(GemmShape.SQUARE_480), speedup(GemmShape.SQUARE_960), kernels());
    }

    private String products() {
        StringBuilder rows = new StringBuilder();
        for (GemmShape shape : GemmShape.values()) {
            for (GemmBenchmark.Transposes transposes : GemmBenchmark.Transposes.values()) {
                double vector = rate(shape, transposes, GemmBenchmark.Library.VECTOR);
                double ejml = rate(shape, transposes, GemmBenchmark.Library.EJML);
                double openblas = rate(shape, transposes, GemmBenchmark.Library.OPENBLAS);
                rows.append("| ").append(shape.title);
                rows.append(" | ").append(transposes);
                rows.append(" | ").append(Say.number(rate(shape, transposes, GemmBenchmark.Library.SCALAR), 1));
                rows.append(" | ").append(Say.number(vector, 1));
                rows.append(" | ").append(Say.number(ejml, 1));
                rows.append(" | ").append(Say.number(openblas, 1));
                rows.append(" | ").append(Say.number(vector / ejml, 2));
                rows.append(" | ").append(Say.number(vector / openblas, 2));
                double bar = shape.isSquare() ? LEAST_OF_SQUARES : LEAST_OF_MODELS;
                rows.append(" | ").append(Say.atLeast(vector / openblas, bar));
                rows.append(" |\n");
            }
        }
        return rows.toString();
    }

    /// How much faster OpenBLAS is on two threads.
    private String speedup(GemmShape shape) {
        GemmBenchmark.Transposes plain = GemmBenchmark.Transposes.NN;
        return Say.number(
                rate(shape, plain, GemmBenchmark.Library.OPENBLAS_ON_TWO_THREADS)
                        / rate(shape, plain, GemmBenchmark.Library.OPENBLAS),
                2);
    }

    private double rate(GemmShape shape, GemmBenchmark.Transposes transposes, GemmBenchmark.Library library) {
        return shape.operations()
                / (1000 * medians.of("GemmBenchmark", shape.name(), transposes.name(), library.name()));
    }

    private String kernels() {
        StringBuilder rows = new StringBuilder();
        for (KernelCall.Kernel kernel : KernelCall.Kernel.values()) {
            double scalar = medians.of("KernelBenchmark", kernel.name(), "scalar");
            double vector = medians.of("KernelBenchmark", kernel.name(), "vector");
            rows.append("| ").append(kernel.title);
            rows.append(" | ").append(Say.number(scalar, 0));
            rows.append(" | ").append(Say.number(vector, 0));
            double peer = libtorch.getOrDefault(kernel.name(), Double.NaN);
            rows.append(" | ").append(Say.number(scalar / vector, 2));
            rows.append(" | ").append(Say.number(peer, 0));
            rows.append(" | ").append(Say.number(peer / vector, 2)).append(" |\n");
        }
        return rows.toString();
    }
}
