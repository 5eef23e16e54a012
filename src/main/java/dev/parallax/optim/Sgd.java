package dev.parallax.optim;

import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.backend.SgdSettings;
import dev.parallax.nn.Parameters;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Stochastic gradient descent with momentum, plain or Nesterov's; formulas at [dev.parallax.backend.Backend#sgd].
public final class Sgd implements Optimizer {

    private final Parameters parameters;
    private final List<StepShares.Part> parts;
    private final double momentum;
    private final boolean nesterov;
    private final double weightDecay;
    private final Memory memory;
    private final Buffer velocity;
    private int steps;
    private int restartedAt;

    public Sgd(Parameters parameters, double momentum, boolean nesterov, double weightDecay) {
        this(parameters, momentum, nesterov, weightDecay, _ -> 1);
    }

    /// @param shares of the learning rate, by the name of a parameter
    public Sgd(
            Parameters parameters,
            double momentum,
            boolean nesterov,
            double weightDecay,
            ToDoubleFunction<String> shares) {
        this.parts = StepShares.of(parameters, shares);
        this.parameters = parameters;
        this.momentum = momentum;
        this.nesterov = nesterov;
        this.weightDecay = weightDecay;
        this.memory = parameters.backend().memory();
        this.velocity = memory.allocate(parameters.trainableSize());
    }

    @Override
    public void step(Buffer gradient, double learningRate) {
        steps++;
        for (StepShares.Part part : parts) {
            SgdSettings settings =
                    new SgdSettings(learningRate * part.share(), momentum, nesterov, weightDecay, steps - restartedAt);
            parameters
                    .backend()
                    .sgd(
                            settings,
                            gradient.slice(part.from(), part.length()),
                            velocity.slice(part.from(), part.length()),
                            parameters.values().slice(part.from(), part.length()));
        }
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public Map<String, Buffer> state() {
        return Map.of("velocity", velocity);
    }

    @Override
    public void restart() {
        parameters.backend().fill(0, velocity);
        restartedAt = steps;
    }

    @Override
    public void resumeAt(int steps, int restartedAt) {
        this.steps = steps;
        this.restartedAt = restartedAt;
    }

    @Override
    public void close() {
        memory.close();
    }
}
