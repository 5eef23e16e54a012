package dev.parallax.train;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.model.Model;
import dev.parallax.optim.Optimizer;
import org.jspecify.annotations.Nullable;

/// An optimiser's step of which a group of parameters takes only a share: w <- w + k (w' - w), where w' is
/// what the optimiser makes of w. For plain gradient descent that is the same as k times the gradient. For
/// Adam it is not: Adam divides by the size of recent gradients, so a gradient made smaller would not make
/// smaller steps.
final class PartialStep implements AutoCloseable {

    private static final String FUSION = "fusion."; // what the names of its parameters begin with

    private final Model model;
    private final Optimizer optimizer;
    private final Memory memory;
    private @Nullable Buffer before; // values before a step, once one is not whole

    /// The share k of each group, in [0, 1].
    ///
    /// @param audio of the audio's encoder and head   @param text of the text's   @param fusion of the fusion
    record Shares(double audio, double text, double fusion) {

        static final Shares WHOLE = new Shares(1, 1, 1);

        /// The fusion stays as it is.
        static final Shares WITHOUT_FUSION = new Shares(1, 1, 0);
    }

    PartialStep(Model model, Optimizer optimizer) {
        this.model = model;
        this.optimizer = optimizer;
        this.memory = model.backend().memory();
    }

    /// One step.
    ///
    /// @param gradient flat, as long as [dev.parallax.nn.Parameters#values]
    void take(Buffer gradient, double learningRate, Shares shares) {
        if (shares.equals(Shares.WHOLE)) {
            optimizer.step(gradient, learningRate);
            return;
        }
        Buffer values = model.parameters().values();
        if (before == null) {
            before = memory.allocate(values.length());
        }
        model.backend().copy(values, before);
        optimizer.step(gradient, learningRate);
        shorten(BestWeights.AUDIO, before, shares.audio());
        shorten(BestWeights.TEXT, before, shares.text());
        shorten(FUSION, before, shares.fusion());
    }

    private void shorten(String group, Buffer former, double share) {
        Buffer now = model.parameters().slice(model.parameters().values(), group);
        Buffer then = model.parameters().slice(former, group);
        if (share != 1 && now != null && then != null) {
            Backend backend = model.backend();
            backend.scaleInPlace((float) share, now);
            backend.scaleAdd((float) (1 - share), then, now);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
