package dev.parallax.audit;

import dev.parallax.trace.Reference;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The forward pass of a traced batch in double precision, by the formula of each operation: each reads what the
/// formulas before it gave, and the parameters that it is told. What came onto the tape from outside is as traced.
final class DoublePass {

    private final List<Step> steps;

    /// @param trace of a tape alone, whose last step is the loss
    DoublePass(Trace trace) {
        this.steps = trace.steps();
    }

    int steps() {
        return steps.size();
    }

    /// The loss for some parameters, by name.
    double loss(Map<String, double[]> parameters) {
        return Objects.requireNonNull(results(parameters).get(steps.getLast().name()))[0];
    }

    /// The largest difference of a step's traced numbers from these, over the largest of its numbers.
    double largestDifference(Map<String, double[]> parameters) {
        Map<String, double[]> results = results(parameters);
        double largest = 0;
        for (Step step : steps) {
            double[] formula = Objects.requireNonNull(results.get(step.name()));
            largest = Math.max(largest, Replay.largest(step.values(), formula));
        }
        return largest;
    }

    private Map<String, double[]> results(Map<String, double[]> parameters) {
        Map<String, double[]> results = new HashMap<>();
        for (Step step : steps) {
            Reference reference = step.reference();
            results.put(
                    step.name(),
                    reference == null
                            ? step.values()
                            : reference.of(step.in().stream()
                                    .map(source -> read(source, results, parameters))
                                    .toArray(double[][]::new)));
        }
        return results;
    }

    private static double[] read(Source source, Map<String, double[]> results, Map<String, double[]> parameters) {
        double[] whole = Objects.requireNonNull(
                source.isParameter() ? parameters.get(source.parameter()) : results.get(source.value()),
                source.value());
        return source.first() == 0 && source.count() == whole.length
                ? whole
                : Arrays.copyOfRange(whole, source.first(), source.first() + source.count());
    }
}
