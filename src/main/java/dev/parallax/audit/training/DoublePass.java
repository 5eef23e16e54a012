package dev.parallax.audit.training;

import dev.parallax.audit.Replay;
import dev.parallax.trace.Reference;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The forward pass of a traced batch in double precision, by the formula of each operation: each reads what the
/// formulas before it gave, and the parameters that it is told. What came onto the tape from outside is as traced.
final class DoublePass {

    private final List<Step> steps;
    private final List<Step> ofLoss; // the steps that it needs
    private final Source loss;

    /// @param trace of a tape alone
    /// @param loss  one number
    DoublePass(Trace trace, Source loss) {
        this.steps = trace.steps();
        this.loss = loss;
        Set<String> read = new HashSet<>(Set.of(loss.value()));
        List<Step> needed = new ArrayList<>();
        for (Step step : steps.reversed()) {
            if (read.contains(step.name())) {
                needed.add(step);
                step.in().forEach(source -> read.add(source.value()));
            }
        }
        this.ofLoss = needed.reversed();
    }

    int steps() {
        return steps.size();
    }

    /// The loss where one parameter has changed: only the steps that depend on it are computed again.
    ///
    /// @param results    of all steps, before the change
    /// @param parameters behind it, by name
    /// @param changed    the name of the one
    double loss(Map<String, double[]> results, Map<String, double[]> parameters, String changed) {
        Map<String, double[]> anew = new HashMap<>(results);
        Set<String> moved = new HashSet<>();
        for (Step step : ofLoss) {
            boolean depends = step.in().stream()
                    .anyMatch(source ->
                            source.isParameter() ? changed.equals(source.parameter()) : moved.contains(source.value()));
            if (depends) {
                anew.put(step.name(), result(step, anew, parameters));
                moved.add(step.name());
            }
        }
        return loss(anew, parameters);
    }

    /// The loss among results of the same parameters.
    double loss(Map<String, double[]> results, Map<String, double[]> parameters) {
        return read(loss, results, parameters)[0];
    }

    /// The largest difference of a step's traced numbers from these results, over the largest of its numbers.
    double largestDifference(Map<String, double[]> results) {
        double largest = 0;
        for (Step step : steps) {
            double[] formula = Objects.requireNonNull(results.get(step.name()));
            largest = Math.max(largest, Replay.largest(step.values(), formula));
        }
        return largest;
    }

    /// The result of each step, by its name.
    Map<String, double[]> results(Map<String, double[]> parameters) {
        Map<String, double[]> results = new HashMap<>();
        for (Step step : steps) {
            results.put(step.name(), result(step, results, parameters));
        }
        return results;
    }

    private static double[] result(Step step, Map<String, double[]> results, Map<String, double[]> parameters) {
        Reference reference = step.reference();
        return reference == null
                ? step.values()
                : reference.of(step.in().stream()
                        .map(source -> read(source, results, parameters))
                        .toArray(double[][]::new));
    }

    /// What is read of results or parameters.
    static double[] read(Source source, Map<String, double[]> results, Map<String, double[]> parameters) {
        double[] whole = Objects.requireNonNull(
                source.isParameter() ? parameters.get(source.parameter()) : results.get(source.value()),
                source.value());
        return source.first() == 0 && source.count() == whole.length
                ? whole
                : Arrays.copyOfRange(whole, source.first(), source.first() + source.count());
    }
}
