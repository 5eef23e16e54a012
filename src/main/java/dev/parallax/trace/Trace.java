package dev.parallax.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The steps of a computation in their order. A step reads results of earlier ones and parameters of the model. The
/// numbers are copies: a trace keeps them after the computation is over.
public final class Trace {

    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Step> byName = new HashMap<>();

    /// The steps, in their order.
    public List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /// What is read of a step's result.
    ///
    /// @param source of a step that is there
    public double[] values(Source source) {
        Step step = Objects.requireNonNull(byName.get(source.value()));
        return Arrays.copyOfRange(step.values(), source.first(), source.first() + source.count());
    }

    /// Adds a step with a result in single precision.
    ///
    /// @param shape     of the result
    /// @param values    of the result, row-major, copied
    /// @param reference the formula as plain loops, or null where there is none but the code itself
    public Step add(Step.Action action, List<Source> in, int[] shape, float[] values, @Nullable Reference reference) {
        return add(action, in, shape, Step.doubles(values), false, reference);
    }

    /// Adds a step with a row of numbers in double precision as its result.
    public Step add(Step.Action action, List<Source> in, double[] values, @Nullable Reference reference) {
        int[] shape = {values.length};
        return add(action, in, shape, values.clone(), true, reference);
    }

    private Step add(
            Step.Action action,
            List<Source> in,
            int[] shape,
            double[] values,
            boolean isDouble,
            @Nullable Reference reference) {
        List<Integer> sizes = Arrays.stream(shape).boxed().toList();
        Step step = new Step(steps.size(), action, in, sizes, values, isDouble, reference);
        steps.add(step);
        byName.put(step.name(), step);
        return step;
    }
}
