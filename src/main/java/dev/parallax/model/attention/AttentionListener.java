package dev.parallax.model.attention;

import dev.parallax.autograd.Attention;
import dev.parallax.autograd.Frame;
import dev.parallax.autograd.Op;
import dev.parallax.autograd.TapeListener;
import dev.parallax.autograd.Variable;
import dev.parallax.fusion.Modality;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes the weights of the last self-attention of each modality's encoder from a pass of the network. An operation
/// belongs to the encoder whose parameters lead to it, and to none where both do.
final class AttentionListener implements TapeListener {

    private final IdentityHashMap<Variable, String> parts =
            new IdentityHashMap<>(); // first words of the parameters' names
    private final Map<Modality, double[]> weights = new EnumMap<>(Modality.class);

    /// The weights of the rows that a modality's encoder reads, or null where it has no attention.
    double @Nullable [] of(Modality modality) {
        return weights.get(modality);
    }

    @Override
    public void named(String name, Variable value) {
        parts.put(value.base(), name.substring(0, Math.max(0, name.indexOf('.'))));
    }

    @Override
    public void applied(Op op, Frame frame) {
        String part = null;
        for (int i = 0; i < frame.inputs(); i++) {
            String its = parts.get(frame.input(i).base());
            if (its != null) {
                part = part == null || part.equals(its) ? its : "";
            }
        }
        if (part == null) {
            return;
        }
        parts.put(frame.result(), part);
        Modality modality = Modality.named(part);
        if (op instanceof Attention attention && modality != null) {
            weights.put(
                    modality,
                    ReceivedAttention.of(
                            doubles(frame.input(0)),
                            doubles(frame.input(1)),
                            attention.sizes().heads(),
                            attention.sizes().width(),
                            attention.sizes().causal()));
        }
    }

    private static double[] doubles(Variable variable) {
        float[] values = variable.value().toArray();
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i];
        }
        return all;
    }
}
