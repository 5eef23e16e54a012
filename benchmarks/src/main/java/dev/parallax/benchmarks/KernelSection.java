package dev.parallax.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// The part of the page about kernels, measured with JMH.
final class KernelSection {

    private static final double LEAST_OF_OPENBLAS = 0.85;
    private static final double MOST_MICROSECONDS_A_FRAME = 4.0;
    private static final double MOST_MILLISECONDS_A_PREDICTION = 3;

    /// Median times [µs], by the name of the benchmark and its parameters.
    private final Map<String, Double> medians = new HashMap<>();

    private KernelSection(Collection<RunResult> results) {
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String name = params.getBenchmark().replaceAll(".*\\.(\\w+)\\.\\w+$", "$1");
            String key = String.join(
                    " ",
                    params.getParamsKeys().stream()
                            .map(params::getParam)
                            .sorted()
                            .toList());
            medians.put(
                    name + " " + key, result.getPrimaryResult().getStatistics().getPercentile(50));
        }
    }

    /// Measures and writes.
    static String measure() {
        List<RunResult> results = new ArrayList<>();
        results.addAll(run(options("KernelBenchmark|MfccBenchmark|PredictBenchmark")));
        results.addAll(run(options("GemmBenchmark").param("library", "VECTOR", "EJML", "OPENBLAS")));
        // Plain loops take seconds for the larger square, and much the same for all transposes.
        String[] quick = Arrays.stream(GemmShape.values())
                .filter(shape -> shape != GemmShape.SQUARE_960)
                .map(Enum::name)
                .toArray(String[]::new);
        results.addAll(run(options("GemmBenchmark")
                .param("library", "SCALAR")
                .param("transposes", "NN")
                .param("shape", quick)));
        return new KernelSection(results).text();
    }

    private static ChainedOptionsBuilder options(String benchmarks) {
        return new OptionsBuilder()
                .include("dev\\.parallax\\.benchmarks\\.(" + benchmarks + ")\\.")
                .shouldFailOnError(true);
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) {
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH: " + e.getMessage(), e);
        }
    }

    private String text() {
        double frame = median("MfccBenchmark") / MfccBenchmark.FRAMES;
        double prediction = median("PredictBenchmark") / 1000;
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
                ### Other kernels [µs]

                | kernel | scalar | vector | scalar / vector |
                |---|---|---|---|
                %s
                ### From samples

                | what | measured | bar |
                |---|---|---|
                | MFCC of 60 s (16 kHz, 512 point, hop 160, 40 mels, 20 coefficients), a frame | %s µs | %s |
                | predict, warm: 4 s and a sentence, starter model, median | %s ms | %s |
                """.formatted(
                        Machine.line(),
                        products(),
                        kernels(),
                        Say.number(frame, 2),
                        Say.atMost(frame, MOST_MICROSECONDS_A_FRAME),
                        Say.number(prediction, 2),
                        Say.atMost(prediction, MOST_MILLISECONDS_A_PREDICTION));
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
                rows.append(" | ").append(shape.isSquare() ? Say.atLeast(vector / openblas, LEAST_OF_OPENBLAS) : "");
                rows.append(" |\n");
            }
        }
        return rows.toString();
    }

    private double rate(GemmShape shape, GemmBenchmark.Transposes transposes, GemmBenchmark.Library library) {
        return shape.operations() / (1000 * median("GemmBenchmark", shape.name(), transposes.name(), library.name()));
    }

    private String kernels() {
        StringBuilder rows = new StringBuilder();
        for (KernelCall.Kernel kernel : KernelCall.Kernel.values()) {
            double scalar = median("KernelBenchmark", kernel.name(), "scalar");
            double vector = median("KernelBenchmark", kernel.name(), "vector");
            rows.append("| ").append(kernel.title);
            rows.append(" | ").append(Say.number(scalar, 0));
            rows.append(" | ").append(Say.number(vector, 0));
            rows.append(" | ").append(Say.number(scalar / vector, 2)).append(" |\n");
        }
        return rows.toString();
    }

    /// @param parameters in any order
    private double median(String benchmark, String... parameters) {
        String key = Arrays.stream(parameters).sorted().collect(Collectors.joining(" "));
        return medians.getOrDefault(benchmark + " " + key, Double.NaN);
    }
}
