package dev.parallax.train;

import dev.parallax.io.Choice;
import dev.parallax.model.Network;
import dev.parallax.nn.Parameters;
import dev.parallax.optim.Adam;
import dev.parallax.optim.Optimizer;
import dev.parallax.optim.Sgd;
import java.util.function.ToDoubleFunction;

/// Which optimiser moves the weights.
public enum OptimizerKind implements Choice {
    /// [Adam] with the decay added to the gradient.
    ADAM,
    /// [Adam] with the decay added to the step.
    ADAMW,
    /// [Sgd] with momentum 0.9.
    SGD;

    private static final double MOMENTUM = 0.9;

    /// @param encoderShare of the learning rate, for trained blocks of pretrained encoders
    Optimizer of(Parameters parameters, double weightDecay, double encoderShare) {
        ToDoubleFunction<String> shares = name -> Network.isOfEncoder(name) ? encoderShare : 1;
        return switch (this) {
            case ADAM -> new Adam(parameters, weightDecay, false, shares);
            case ADAMW -> new Adam(parameters, weightDecay, true, shares);
            case SGD -> new Sgd(parameters, MOMENTUM, false, weightDecay, shares);
        };
    }
}
