package dev.parallax.fusion;

import dev.parallax.BadInputException;
import java.util.List;

/// The fusion strategies by name: the one list that the command line, the configuration and the tests read.
public final class Fusions {

    private static final List<Fusion> ALL = List.of(new LateAdd());

    private Fusions() {}

    /// One of each strategy.
    public static List<Fusion> all() {
        return ALL;
    }

    /// The strategy of a name.
    ///
    /// @throws BadInputException naming those that there are
    public static Fusion byName(String name) {
        return ALL.stream()
                .filter(fusion -> fusion.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("fusion: \"" + name + "\" is not one of "
                        + ALL.stream().map(Fusion::name).toList()));
    }
}
