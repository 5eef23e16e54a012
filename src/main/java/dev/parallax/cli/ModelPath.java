package dev.parallax.cli;

import dev.parallax.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the model that `--model` names: a file, or the folder of a training run.
final class ModelPath {

    /// What the best model of a run is called.
    static final String BEST = "best.safetensors";

    private ModelPath() {}

    /// The model's file.
    ///
    /// @throws BadInputException when there is none
    static Path of(Arguments arguments) {
        Path given = arguments.requiredPath(
                "model", "train one with parallax train, or make one with parallax demo, and give --model FILE_OR_DIR");
        return at(given, "--model");
    }

    /// The model's file at a place that an option names.
    static Path at(Path given, String option) {
        if (Files.isRegularFile(given)) {
            return given;
        }
        Path best = given.resolve(BEST);
        if (Files.isRegularFile(best)) {
            return best;
        }
        throw new BadInputException(
                Files.isDirectory(given)
                        ? option + " " + given + ": the folder holds no " + BEST + "; give that of a training run"
                        : option + " " + given + ": no such file; give a model file or the folder of a training run");
    }
}
