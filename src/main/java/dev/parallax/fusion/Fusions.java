package dev.parallax.fusion;

import dev.parallax.BadInputException;
import dev.parallax.nn.Parameters;
import java.util.List;

/// The fusion strategies by name: the one list that the command line, the configuration, the study and the tests read.
public final class Fusions {

    /// Where the modalities meet.
    public enum Place {
        /// Their inputs, before any encoder: each perspective is then only its projected input with a head, for
        /// training.
        EARLY,
        /// What their encoders made of them.
        MIDDLE,
        /// Their logits.
        LATE
    }

    /// A strategy that can be built.
    ///
    /// @param name    `PLACE-OPERATOR`, as in the command line and the reports
    /// @param formula one line
    public record Strategy(String name, Place place, String formula, Builder builder) {

        /// Announces its parameters; the caller initialises them.
        public Fusion build(Parameters parameters, FusionSizes sizes) {
            return builder.build(parameters, sizes);
        }
    }

    /// Makes a strategy's layers.
    @FunctionalInterface
    public interface Builder {
        Fusion build(Parameters parameters, FusionSizes sizes);
    }

    // x_m projected inputs, h_m pooled states (of aligned, transformer, bottleneck: all states), z_m logits
    private static final List<Strategy> ALL = List.of(
            new Strategy("early-add", Place.EARLY, "z = trunk(x_audio + x_text), token by token", EarlyAdd::new),
            new Strategy(
                    "early-concat", Place.EARLY, "z = trunk(W [x_audio; x_text]), token by token", EarlyConcat::new),
            new Strategy(
                    "early-attention",
                    Place.EARLY,
                    "z = trunk(AT(x_audio, x_text)), token by token",
                    EarlyAttention::new),
            new Strategy("middle-add", Place.MIDDLE, "z = head(tanh(Linear(h_audio + h_text)))", MiddleAdd::new),
            new Strategy("middle-concat", Place.MIDDLE, "z = head(tanh(Linear([h_audio; h_text])))", MiddleConcat::new),
            new Strategy("middle-product", Place.MIDDLE, "z = head(tanh(Linear(h_audio h_text)))", MiddleProduct::new),
            new Strategy(
                    "middle-attention",
                    Place.MIDDLE,
                    "z = head(tanh(Linear(AT(h_audio, h_text))))",
                    MiddleAttention::new),
            new Strategy(
                    "middle-gated",
                    Place.MIDDLE,
                    "z = head(g v_audio + (1 - g) v_text), g = sigmoid(W [h_audio; h_text]), v_m = tanh(W_m h_m)",
                    MiddleGated::new),
            new Strategy(
                    "middle-tensor",
                    Place.MIDDLE,
                    "z = head(tanh(Linear([u_audio; 1] outer [u_text; 1]))), u_m = tanh(Linear(h_m))",
                    MiddleTensor::new),
            new Strategy(
                    "middle-lowrank",
                    Place.MIDDLE,
                    "z = head(tanh(Linear(sum over r of (A_r [h_audio; 1]) (T_r [h_text; 1]))))",
                    MiddleLowRank::new),
            new Strategy(
                    "aligned",
                    Place.MIDDLE,
                    "z = head(max over tokens of BiGRU([attention of h_text to h_audio; h_text]))",
                    Aligned::new),
            new Strategy(
                    "transformer",
                    Place.MIDDLE,
                    "z = head([mean(h_audio reads h_text); mean(h_text reads h_audio)])",
                    CrossTransformer::new),
            new Strategy(
                    "bottleneck",
                    Place.MIDDLE,
                    "z = head([mean(h_audio reads b); mean(h_text reads b)]), b four tokens that read both",
                    Bottleneck::new),
            new Strategy("late-add", Place.LATE, "z = z_audio + z_text", (_, _) -> new LateAdd()),
            new Strategy(
                    "late-weighted",
                    Place.LATE,
                    "z = w_audio z_audio + w_text z_text",
                    (parameters, _) -> new LateWeighted(parameters)),
            new Strategy("late-concat", Place.LATE, "z = W [z_audio; z_text]", LateConcat::new),
            new Strategy("late-attention", Place.LATE, "z = AT(z_audio, z_text)", LateAttention::new),
            new Strategy(
                    "late-gated",
                    Place.LATE,
                    "z = g z_audio + (1 - g) z_text, g = sigmoid(W [z_audio; z_text])",
                    LateGated::new),
            new Strategy(
                    "late-product",
                    Place.LATE,
                    "z = z_audio z_text, element by element; depends on the zero of the logits, which means nothing",
                    (_, _) -> new LateProduct()));

    private Fusions() {}

    /// Every strategy.
    public static List<Strategy> all() {
        return ALL;
    }

    /// The names, in the order of the list.
    public static List<String> names() {
        return ALL.stream().map(Strategy::name).toList();
    }

    /// The strategy of a name.
    ///
    /// @throws BadInputException naming those that there are
    public static Strategy byName(String name) {
        return ALL.stream()
                .filter(strategy -> strategy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("fusion: \"" + name + "\" is not one of " + names()));
    }
}
