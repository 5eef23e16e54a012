package dev.parallax.optim;

import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How large the steps of parameters are, as shares of the learning rate: parts of the flat buffer whose parameters
/// have the same share.
final class StepShares {

    /// A part of the flat buffer.
    ///
    /// @param from   its first value   @param length how many it has
    /// @param share  of the learning rate
    record Part(int from, int length, double share) {}

    private StepShares() {}

    /// @param shares of each parameter, by its name
    static List<Part> of(Parameters parameters, ToDoubleFunction<String> shares) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int length = 0;
        double share = 1;
        for (Parameter parameter : parameters.all()) {
            if (parameters.isFixed(parameter)) {
                continue;
            }
            double its = shares.applyAsDouble(parameter.name());
            if (its != share && length > 0) {
                parts.add(new Part(from, length, share));
                from += length;
                length = 0;
            }
            share = its;
            length += parameter.shape().count();
        }
        parts.add(new Part(from, length, share));
        return List.copyOf(parts);
    }
}
