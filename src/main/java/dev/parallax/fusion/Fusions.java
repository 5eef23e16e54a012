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

    private static final List<Strategy> ALL = List.of(
            new Strategy("late-add", Place.LATE, "z = z_audio + z_text", (_, _) -> new LateAdd()),
            new Strategy("late-concat", Place.LATE, "z = W [z_audio; z_text]", LateConcat::new),
            new Strategy(
                    "late-attention",
                    Place.LATE,
                    "z = sum of a_m W z_m, a = softmax over m of ReLU(W z_m) · omega",
                    LateAttention::new));

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
