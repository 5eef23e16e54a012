package dev.parallax.train;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.model.Model;
import dev.parallax.optim.Optimizer;
import org.jspecify.annotations.Nullable;

/// An optimiser's step of which a group of parameters takes only a share: w <- w + k (w' - w), where w' is
/// what the optimiser makes of w. For plain gradient descent that is the same as k times the gradient. For
/// Adam it is not: Adam divides by the size of recent gradients, so a gradient made smaller would not make
/// smaller steps.
final class PartialStep {

    private static final String FUSION = "fusion."; // what the names of its parameters begin with

    private final Model model;
    private final Optimizer optimizer;

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
    }

    /// One step.
    ///
    /// @param gradient flat, as long as the parameters
    void take(Buffer gradient, double learningRate, Shares shares) {
        Buffer audio = copied(BestWeights.AUDIO, shares.audio());
        Buffer text = copied(BestWeights.TEXT, shares.text());
        Buffer fusion = copied(FUSION, shares.fusion());
        optimizer.step(gradient, learningRate);
        shorten(BestWeights.AUDIO, audio, shares.audio());
        shorten(BestWeights.TEXT, text, shares.text());
        shorten(FUSION, fusion, shares.fusion());
    }

    /// A copy of a group that does not take the whole step; null where it does, or where there is no such
    /// group.
    private @Nullable Buffer copied(String group, double share) {
        Buffer now = share == 1 ? null : present(group);
        if (now == null) {
            return null;
        }
        Buffer copy = model.backend().allocate(now.length());
        model.backend().copy(now, copy);
        return copy;
    }

    private void shorten(String group, @Nullable Buffer before, double share) {
        Buffer now = present(group);
        if (before != null && now != null) {
            Backend backend = model.backend();
            backend.scaleInPlace((float) share, now);
            backend.scaleAdd((float) (1 - share), before, now);
        }
    }

    private @Nullable Buffer present(String group) {
        return model.parameters().slice(model.parameters().values(), group);
    }
}
