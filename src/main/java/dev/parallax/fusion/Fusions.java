package dev.parallax.fusion;

import dev.parallax.BadInputException;
import dev.parallax.io.Nearest;
import dev.parallax.nn.Parameters;
import java.util.List;

/// The fusion strategies by name: the one list that the command line, the configuration, the study and the
/// tests read.
public final class Fusions {

    /// Where the modalities meet.
    public enum Place {
        /// Their inputs, before any encoder: each perspective is then only its projected input with a head, for
        /// training.
        EARLY,
        /// The outputs of their encoders.
        MIDDLE,
        /// Their logits.
        LATE
    }

    /// A strategy that can be built.
    ///
    /// @param name    `PLACE-OPERATOR`, as in the command line and the reports
    /// @param formula one line
    /// @param causal  whether it can answer without what comes later in a dialogue
    public record Strategy(String name, Place place, String formula, boolean causal, Builder builder) {

        /// Announces its parameters; the caller initialises them.
        public Fusion build(Parameters parameters, Fusion.Sizes sizes) {
            return builder.build(parameters, sizes);
        }
    }

    /// Makes a strategy's layers.
    @FunctionalInterface
    public interface Builder {
        Fusion build(Parameters parameters, Fusion.Sizes sizes);
    }

    // x_m projected inputs, h_m pooled states (of aligned, transformer, bottleneck: all states), z_m logits
    private static final List<Strategy> ALL = List.of(
            early("early-add", "z = trunk(x_audio + x_text), token by token", EarlyFusion::add),
            early("early-concat", "z = trunk(W [x_audio; x_text]), token by token", EarlyFusion::concat),
            early("early-attention", "z = trunk(AT(x_audio, x_text)), token by token", EarlyFusion::attention),
            middle("middle-add", "z = head(tanh(Linear(h_audio + h_text)))", MiddleFusion::add),
            middle("middle-concat", "z = head(tanh(Linear([h_audio; h_text])))", MiddleFusion::concat),
            middle("middle-product", "z = head(tanh(Linear(h_audio h_text)))", MiddleFusion::product),
            middle("middle-attention", "z = head(tanh(Linear(AT(h_audio, h_text))))", MiddleFusion::attention),
            middle(
                    "middle-gated",
                    "z = head(g v_audio + (1 - g) v_text), g = sigmoid(W [h_audio; h_text]), v_m = tanh(W_m h_m)",
                    MiddleFusion::gated),
            middle(
                    "middle-tensor",
                    "z = head(tanh(Linear([u_audio; 1] outer [u_text; 1]))), u_m = tanh(Linear(h_m))",
                    MiddleFusion::tensor),
            middle(
                    "middle-lowrank",
                    "z = head(tanh(Linear(sum over r of (A_r [h_audio; 1]) (T_r [h_text; 1]))))",
                    MiddleFusion::lowRank),
            middle(
                    "aligned",
                    "z = head(max over tokens of BiGRU([attention of h_text to h_audio; h_text]))",
                    StateFusion::aligned),
            middle(
                    "transformer",
                    "z = head([mean(h_audio reads h_text); mean(h_text reads h_audio)])",
                    StateFusion::transformer),
            new Strategy(
                    "bottleneck",
                    Place.MIDDLE,
                    "z = head([mean(h_audio reads b); mean(h_text reads b)]), b four tokens that read both",
                    false,
                    StateFusion::bottleneck),
            late("late-add", "z = z_audio + z_text", (_, _) -> LateFusion.add()),
            late(
                    "late-weighted",
                    "z = w_audio z_audio + w_text z_text",
                    (parameters, _) -> LateFusion.weighted(parameters)),
            late("late-concat", "z = W [z_audio; z_text]", LateFusion::concat),
            late("late-attention", "z = AT(z_audio, z_text)", LateFusion::attention),
            late("late-gated", "z = g z_audio + (1 - g) z_text, g = sigmoid(W [z_audio; z_text])", LateFusion::gated),
            late(
                    "late-product",
                    "z = z_audio z_text, element by element; depends on the zero of the logits, which means nothing",
                    (_, _) -> LateFusion.product()));

    private Fusions() {}

    private static Strategy early(String name, String formula, Builder builder) {
        return new Strategy(name, Place.EARLY, formula, true, builder);
    }

    private static Strategy middle(String name, String formula, Builder builder) {
        return new Strategy(name, Place.MIDDLE, formula, true, builder);
    }

    private static Strategy late(String name, String formula, Builder builder) {
        return new Strategy(name, Place.LATE, formula, true, builder);
    }

    /// Every strategy.
    public static List<Strategy> all() {
        return ALL;
    }

    /// The names, in the order of the list.
    public static List<String> names() {
        return ALL.stream().map(Strategy::name).toList();
    }

    private static String refusal(String name) {
        return name.startsWith("decision-")
                ? "fusion: \"" + name
                        + "\" joins models that were trained apart, which the study does; one model fuses by"
                        + " one of " + names()
                : "fusion: \"" + name + "\" is not one of " + names() + Nearest.hint(name, names());
    }

    /// The strategy of a name.
    ///
    /// @throws BadInputException naming the existing ones
    public static Strategy byName(String name) {
        return ALL.stream()
                .filter(strategy -> strategy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException(refusal(name)));
    }
}
