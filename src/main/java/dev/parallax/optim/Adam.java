package dev.parallax.optim;

import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.nn.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Adam (Kingma and Ba 2015), or AdamW (Loshchilov and Hutter 2019) when the decay is decoupled; formulas at
/// [dev.parallax.backend.Backend#adam]. Betas 0.9 and 0.999, epsilon 1e-8.
public final class Adam implements Optimizer {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Parameters parameters;
    private final List<StepShares.Part> parts;
    private final double weightDecay;
    private final boolean decoupled;
    private final Memory memory;
    private final Buffer firstMoment;
    private final Buffer secondMoment;
    private int steps;
    private int restartedAt;

    /// Steps of the same learning rate for all parameters.
    ///
    /// @param weightDecay L2 strength
    /// @param decoupled   false: added to the gradient (Adam); true: to the step (AdamW)
    public Adam(Parameters parameters, double weightDecay, boolean decoupled) {
        this(parameters, weightDecay, decoupled, _ -> 1);
    }

    /// @param shares of the learning rate, by the name of a parameter
    public Adam(Parameters parameters, double weightDecay, boolean decoupled, ToDoubleFunction<String> shares) {
        this.parts = StepShares.of(parameters, shares);
        this.parameters = parameters;
        this.weightDecay = weightDecay;
        this.decoupled = decoupled;
        this.memory = parameters.backend().memory();
        this.firstMoment = memory.allocate(parameters.trainableSize());
        this.secondMoment = memory.allocate(parameters.trainableSize());
    }

    @Override
    public void step(Buffer gradient, double learningRate) {
        steps++;
        for (StepShares.Part part : parts) {
            AdamSettings settings = new AdamSettings(
                    learningRate * part.share(), BETA_1, BETA_2, EPSILON, weightDecay, decoupled, steps - restartedAt);
            parameters
                    .backend()
                    .adam(
                            settings,
                            gradient.slice(part.from(), part.length()),
                            firstMoment.slice(part.from(), part.length()),
                            secondMoment.slice(part.from(), part.length()),
                            parameters.values().slice(part.from(), part.length()));
        }
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public Map<String, Buffer> state() {
        Map<String, Buffer> state = new LinkedHashMap<>();
        state.put("firstMoment", firstMoment);
        state.put("secondMoment", secondMoment);
        return state;
    }

    @Override
    public void restart() {
        state().values().forEach(buffer -> parameters.backend().fill(0, buffer));
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
