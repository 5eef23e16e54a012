package dev.parallax.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Median times that JMH measured [µs], by benchmark and parameters.
final class Medians {

    private final Map<String, Double> medians = new HashMap<>();

    /// Options for the benchmarks of some classes.
    ///
    /// @param classes their names, with `|` between
    static ChainedOptionsBuilder options(String classes) {
        return new OptionsBuilder()
                .include("dev\\.parallax\\.benchmarks\\.(" + classes + ")\\.")
                .shouldFailOnError(true);
    }

    /// Measures, and adds.
    void measure(ChainedOptionsBuilder options) {
        try {
            for (RunResult result : new Runner(options.build()).run()) {
                BenchmarkParams params = result.getParams();
                String name = params.getBenchmark().replaceAll(".*\\.(\\w+)\\.\\w+$", "$1");
                String[] values =
                        params.getParamsKeys().stream().map(params::getParam).toArray(String[]::new);
                medians.put(
                        key(name, values),
                        result.getPrimaryResult().getStatistics().getPercentile(50));
            }
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH: " + e.getMessage(), e);
        }
    }

    /// A time [µs], NaN where it was not measured.
    ///
    /// @param benchmark  the class
    /// @param parameters in any order
    double of(String benchmark, String... parameters) {
        return medians.getOrDefault(key(benchmark, parameters), Double.NaN);
    }

    private static String key(String benchmark, String... parameters) {
        return benchmark + " " + Arrays.stream(parameters).sorted().collect(Collectors.joining(" "));
    }
}
