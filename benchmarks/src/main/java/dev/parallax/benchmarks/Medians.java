package dev.parallax.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/// Median times that JMH measured [µs], by benchmark and parameters, and 99th percentiles of the benchmarks that
/// time every call.
final class Medians {

    private final Map<String, Double> medians = new HashMap<>();
    private final Map<String, Double> percentiles99 = new HashMap<>();

    /// Options for the benchmarks of some classes.
    ///
    /// @param classes their names, with `|` between
    static ChainedOptionsBuilder options(String classes) {
        return new OptionsBuilder()
                .include("dev\\.parallax\\.benchmarks\\.(" + classes + ")\\.")
                .shouldFailOnError(true);
    }

    /// Measures, and adds the results.
    ///
    /// @param methodNames that count as a parameter, where a class has several
    void measure(ChainedOptionsBuilder options, String... methodNames) {
        List<String> methods = List.of(methodNames);
        try {
            for (RunResult result : new Runner(options.build()).run()) {
                BenchmarkParams params = result.getParams();
                String name = params.getBenchmark().replaceAll(".*\\.(\\w+)\\.\\w+$", "$1");
                String method = params.getBenchmark().replaceAll(".*\\.", "");
                String key = key(
                        name,
                        Stream.concat(
                                        params.getParamsKeys().stream().map(params::getParam),
                                        methods.contains(method) ? Stream.of(method) : Stream.empty())
                                .toArray(String[]::new));
                Statistics times = result.getPrimaryResult().getStatistics();
                medians.put(key, times.getPercentile(50));
                if (params.getMode() == Mode.SampleTime) {
                    percentiles99.put(key, times.getPercentile(99));
                }
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

    /// The 99th percentile of the calls [µs], NaN where it was not measured.
    double percentile99(String benchmark, String... parameters) {
        return percentiles99.getOrDefault(key(benchmark, parameters), Double.NaN);
    }

    private static String key(String benchmark, String... parameters) {
        return benchmark + " " + Arrays.stream(parameters).sorted().collect(Collectors.joining(" "));
    }
}
