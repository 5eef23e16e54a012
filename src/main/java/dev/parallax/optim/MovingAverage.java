package dev.parallax.optim;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.nn.Parameters;

/// The exponential moving average of parameters over the steps of training:
///
///     average_t = d_t · average_(t-1) + (1 - d_t) · parameters_t,   d_t = min(decay, (1 + t) / (10 + t))
///
/// The bound on d_t lets it forget the first weights, which are random. Sources: Polyak and Juditsky,
/// "Acceleration of stochastic approximation by averaging", 1992; with exponential weights as in Tarvainen and
/// Valpola, "Mean teachers are better role models", NeurIPS 2017; the bound is that of TensorFlow's
/// `ExponentialMovingAverage`.
public final class MovingAverage implements AutoCloseable {

    private final Parameters parameters;
    private final double decay;
    private final Memory memory;
    private final Buffer average;
    private final Buffer now; // the values, while the averages are in their place

    /// Starts at the present values.
    ///
    /// @param decay in (0, 1); the average reaches back some 1 / (1 - decay) steps
    public MovingAverage(Parameters parameters, double decay) {
        if (!(decay > 0 && decay < 1)) {
            throw new BadInputException("moving average: decay is " + decay + ", must be in (0, 1)");
        }
        this.parameters = parameters;
        this.decay = decay;
        this.memory = parameters.backend().memory();
        this.average = memory.allocate(parameters.trainableSize());
        this.now = memory.allocate(parameters.trainableSize());
        parameters.backend().copy(parameters.values(), average);
    }

    /// Takes over the values after a step.
    ///
    /// @param step its number, from 1
    public void update(int step) {
        double bounded = Math.min(decay, (1.0 + step) / (10.0 + step));
        Backend backend = parameters.backend();
        backend.scaleInPlace((float) bounded, average);
        backend.scaleAdd((float) (1 - bounded), parameters.values(), average);
    }

    /// Runs an action while the parameters have their averages as values; fixed ones stay as they are.
    public void whileInPlace(Runnable action) {
        Backend backend = parameters.backend();
        backend.copy(parameters.values(), now);
        backend.copy(average, parameters.values());
        try {
            action.run();
        } finally {
            backend.copy(now, parameters.values());
        }
    }

    /// The averages, flat, for checkpoints.
    public Buffer values() {
        return average;
    }

    @Override
    public void close() {
        memory.close();
    }
}
