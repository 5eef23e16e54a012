package dev.parallax.train;

import dev.parallax.backend.Buffer;
import dev.parallax.backend.DoubleBits;
import dev.parallax.backend.Memory;
import dev.parallax.model.Model;
import dev.parallax.optim.Clipping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Clips the gradient of each step and measures it. All of it stays on the backend until the norms are read together
/// with the loss ([Readings]).
final class GradientClipping implements AutoCloseable {

    /// Of a perspective: what the names of its head's parameters go on with.
    static final String HEAD = "head.";

    private static final List<String> PERSPECTIVES = List.of(BestWeights.AUDIO, BestWeights.TEXT);
    private static final String ALL = "";

    /// Those within others come first, so that none is clipped before it is measured.
    private static final List<String> GROUPS =
            List.of(BestWeights.AUDIO + HEAD, BestWeights.TEXT + HEAD, BestWeights.AUDIO, BestWeights.TEXT, ALL);

    private final Model model;
    private final double maxNorm;
    private final Memory memory;
    private final Buffer sums; // of squares, in the order of GROUPS
    private final List<String> clipped; // of GROUPS: each by itself, together all parameters
    private final List<String> measured; // of GROUPS: those that the model has
    private final Set<String> taught = new HashSet<>();

    /// @param maxNorm 0 for no clipping
    /// @param apart   whether the perspectives are two models side by side: each is clipped by itself then, so that
    ///                one does not slow the other
    GradientClipping(Model model, double maxNorm, boolean apart) {
        this.model = model;
        this.maxNorm = maxNorm;
        this.memory = model.backend().memory();
        this.sums = memory.allocate(DoubleBits.PLACES * GROUPS.size());
        this.clipped = apart ? PERSPECTIVES : List.of(ALL);
        this.measured = GROUPS.stream()
                .filter(group -> !(apart && group.equals(ALL)))
                .filter(group -> part(model.parameters().values(), group) != null)
                .toList();
    }

    /// Clips a gradient.
    ///
    /// @param readings receives what [#read] needs
    /// @return where its values will be
    int clip(Buffer gradient, Readings readings) {
        for (String group : measured) {
            Buffer part = part(gradient, group);
            if (part != null && !isTaughtHead(group)) {
                Clipping.byNorm(model.backend(), part, clipped.contains(group) ? maxNorm : 0, sum(group));
            }
        }
        return readings.add(sums);
    }

    private boolean isTaughtHead(String group) {
        return taught.stream().anyMatch(perspective -> group.equals(perspective + HEAD));
    }

    private @Nullable Buffer part(Buffer gradient, String group) {
        return model.parameters().slice(gradient, group);
    }

    private Buffer sum(String group) {
        return sums.slice(DoubleBits.PLACES * GROUPS.indexOf(group), DoubleBits.PLACES);
    }

    /// Takes note of what was read: which heads the loss has reached.
    ///
    /// @param values in which it lies
    /// @param at     where it begins
    /// @return the norms before clipping
    GradientNorms read(float[] values, int at) {
        for (String perspective : PERSPECTIVES) {
            // a head's bias has the gradient softmax(z) - y, summed, which is not exactly 0 where the loss reaches it
            if (norm(values, at, perspective + HEAD, 0) > 0) {
                taught.add(perspective);
            }
        }
        double all = clipped.stream()
                .mapToDouble(group -> norm(values, at, group, 0))
                .reduce(0, Math::hypot);
        return new GradientNorms(
                all, norm(values, at, BestWeights.AUDIO, Double.NaN), norm(values, at, BestWeights.TEXT, Double.NaN));
    }

    /// @param none where there are no such parameters
    private double norm(float[] values, int at, String group, double none) {
        return measured.contains(group) ? Clipping.norm(values, at + DoubleBits.PLACES * GROUPS.indexOf(group)) : none;
    }

    /// Begins an epoch: no head was reached yet.
    void beginEpoch() {
        taught.clear();
    }

    /// The perspectives whose heads the loss has reached in this epoch. Once found, one is not looked at again.
    Set<String> taught() {
        return Set.copyOf(taught);
    }

    @Override
    public void close() {
        memory.close();
    }
}
