package dev.parallax.train;

import dev.parallax.io.Choice;
import dev.parallax.nn.Parameters;
import dev.parallax.optim.Adam;
import dev.parallax.optim.Optimizer;
import dev.parallax.optim.Sgd;

/// Which optimiser moves the weights.
public enum OptimizerKind implements Choice {
    /// [Adam] with the decay added to the gradient.
    ADAM,
    /// [Adam] with the decay added to the step.
    ADAMW,
    /// [Sgd] with momentum 0.9.
    SGD;

    private static final double MOMENTUM = 0.9;

    Optimizer of(Parameters parameters, double weightDecay) {
        return switch (this) {
            case ADAM -> new Adam(parameters, weightDecay, false);
            case ADAMW -> new Adam(parameters, weightDecay, true);
            case SGD -> new Sgd(parameters, MOMENTUM, false, weightDecay);
        };
    }
}
