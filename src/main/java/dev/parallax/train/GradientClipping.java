package dev.parallax.train;

import dev.parallax.backend.Backend;
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
    private static final List<String> MEASURED =
            List.of(ALL, BestWeights.AUDIO, BestWeights.TEXT, BestWeights.AUDIO + HEAD, BestWeights.TEXT + HEAD);

    private final Model model;
    private final double maxNorm;
    private final boolean apart;
    private final Memory memory;
    private final Buffer sums; // of squares, in the order of MEASURED
    private final List<String> present; // of MEASURED: those that the model has
    private final Set<String> taught = new HashSet<>();

    /// @param maxNorm 0 for no clipping
    /// @param apart   whether the perspectives are two models side by side: each is clipped by itself then, so that
    ///                one does not slow the other
    GradientClipping(Model model, double maxNorm, boolean apart) {
        this.model = model;
        this.maxNorm = maxNorm;
        this.apart = apart;
        this.memory = model.backend().memory();
        this.sums = memory.allocate(DoubleBits.PLACES * MEASURED.size());
        this.present = MEASURED.stream()
                .filter(group -> part(model.parameters().values(), group) != null)
                .toList();
    }

    /// Clips a gradient.
    ///
    /// @param readings receives what [#read] needs
    /// @return where its values will be
    int clip(Buffer gradient, Readings readings) {
        Backend backend = model.backend();
        for (String perspective : PERSPECTIVES) {
            if (!taught.contains(perspective)) {
                measure(gradient, perspective + HEAD);
            }
            measure(gradient, perspective);
        }
        if (apart) {
            for (String perspective : PERSPECTIVES) {
                Buffer part = part(gradient, perspective);
                if (part != null && maxNorm > 0) {
                    backend.clipByNorm(maxNorm, sum(perspective), part);
                }
            }
        } else {
            Clipping.byNorm(backend, gradient, maxNorm, sum(ALL));
        }
        return readings.add(sums);
    }

    private void measure(Buffer gradient, String group) {
        Buffer part = part(gradient, group);
        if (part != null) {
            model.backend().sumOfSquares(part, sum(group));
        }
    }

    private @Nullable Buffer part(Buffer gradient, String group) {
        return model.parameters().slice(gradient, group);
    }

    private Buffer sum(String group) {
        return sums.slice(DoubleBits.PLACES * MEASURED.indexOf(group), DoubleBits.PLACES);
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
        double all = apart
                ? Math.hypot(norm(values, at, BestWeights.AUDIO, 0), norm(values, at, BestWeights.TEXT, 0))
                : norm(values, at, ALL, 0);
        return new GradientNorms(
                all, norm(values, at, BestWeights.AUDIO, Double.NaN), norm(values, at, BestWeights.TEXT, Double.NaN));
    }

    /// @param none where there are no such parameters
    private double norm(float[] values, int at, String group, double none) {
        return present.contains(group) ? Clipping.norm(values, at + DoubleBits.PLACES * MEASURED.indexOf(group)) : none;
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
