package dev.parallax.audio.variation;

import dev.parallax.BadInputException;

/// The bounds of a step's probability. They stand apart from [Augmentation], whose constants are made of those of the
/// steps, so a step must not need it to be initialised first.
final class StepProbability {

    private StepProbability() {}

    /// @param step its name among the settings
    /// @throws BadInputException when it is not in [0, 1]
    static void check(String step, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new BadInputException(
                    "augmentation: " + step + ".probability is " + probability + ", must be in [0, 1]");
        }
    }
}
