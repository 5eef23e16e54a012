package dev.parallax.benchmarks;

import java.util.Arrays;

/// The part of the page about kernels, measured with JMH.
final class KernelSection {

    private static final double LEAST_OF_SQUARES = 0.85;
    private static final double LEAST_OF_MODELS = 0.9;

    private final Medians medians;

    private KernelSection(Medians medians) {
        this.medians = medians;
    }

    /// Measures and writes.
    static String measure() {
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
        return new KernelSection(medians).text();
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

                | kernel | scalar | vector | scalar / vector |
                |---|---|---|---|
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
            rows.append(" | ").append(Say.number(scalar / vector, 2)).append(" |\n");
        }
        return rows.toString();
    }
}
