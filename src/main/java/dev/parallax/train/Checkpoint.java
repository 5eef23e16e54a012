package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.Model;
import dev.parallax.model.ModelFile;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.optim.MovingAverage;
import java.nio.file.Path;

/// `last.safetensors`: a model file with all that training needs to continue exactly where it stopped. That is the
/// weights of the last and of the best epoch, their average, the state of the optimiser, and the history.
final class Checkpoint {

    private static final String KEY = "parallax.training";
    private static final String FORMAT = "format"; // of the state; files of the first format have no such field
    private static final int CURRENT = 2;
    private static final String HISTORY = "history";
    private static final String BEST = "training.best";
    private static final String AVERAGE = "training.average";

    private Checkpoint() {}

    /// Writes the state of a trainer between two epochs.
    ///
    /// @param identity what a resumed run must have in common with this one
    static void write(Path file, Model model, Trainer trainer, JsonObject identity) {
        JsonObject state = Json.object()
                .with(FORMAT, CURRENT)
                .with("identity", identity)
                .with("steps", trainer.optimizer().steps())
                .with(HISTORY, EpochResult.toJson(trainer.history()));
        SafeTensors.Builder builder = ModelFile.builder(model).metadata(KEY, state.toText());
        Backend backend = model.backend();
        put(builder, backend, BEST, trainer.best().values());
        MovingAverage average = trainer.average();
        if (average != null) {
            put(builder, backend, AVERAGE, average.values());
        }
        trainer.optimizer()
                .state()
                .forEach((name, buffer) -> put(builder, backend, "training.optimizer." + name, buffer));
        builder.write(file);
    }

    private static void put(SafeTensors.Builder builder, Backend backend, String name, Buffer buffer) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        builder.floats(name, new int[] {values.length}, values);
    }

    private static SafeTensors read(Path file) {
        try {
            return SafeTensors.read(file);
        } catch (BadInputException e) {
            throw new BadInputException(
                    file + ": is damaged, so the run cannot go on from it; delete it, and ‹resume› begins the run"
                            + " anew, or train into another folder",
                    e);
        }
    }

    /// Puts a trainer into the state that was written.
    ///
    /// @throws BadInputException when the file is damaged or belongs to another run
    static void restore(Path file, Model model, Trainer trainer, JsonObject identity) {
        SafeTensors saved = read(file);
        String text = saved.metadata().get(KEY);
        if (text == null) {
            throw new BadInputException(file + ": holds no training state; give ‹out› a folder that `train` wrote");
        }
        JsonObject state = Json.parseObject(text, file + " (" + KEY + ")");
        if (!state.has(FORMAT) || state.integer(FORMAT) != CURRENT) {
            throw new BadInputException(file + ": was written by another version of Parallax, which chose the best"
                    + " epoch in another way; train anew, into another folder");
        }
        if (!state.object("identity").equals(identity)) {
            throw new BadInputException(file + ": was written by a run with other settings or data; repeat its command "
                    + "exactly, or train into another folder");
        }
        Backend backend = model.backend();
        Parameters parameters = model.parameters();
        for (Parameter parameter : parameters.all()) {
            backend.upload(
                    saved.floats(parameter.name()), parameters.value(parameter).buffer());
        }
        fill(trainer.best().values(), BEST, saved, backend, file);
        MovingAverage average = trainer.average();
        if (average != null) {
            fill(average.values(), AVERAGE, saved, backend, file);
        }
        trainer.optimizer()
                .state()
                .forEach((name, buffer) -> fill(buffer, "training.optimizer." + name, saved, backend, file));
        trainer.resume(EpochResult.fromJson(state, HISTORY), state.integer("steps"));
    }

    /// @throws BadInputException if there are more values: former versions also kept room for fixed parameters
    private static void fill(Buffer buffer, String name, SafeTensors saved, Backend backend, Path file) {
        float[] values = saved.floats(name);
        if (values.length != buffer.length()) {
            throw new BadInputException(file + ": " + name + " has " + values.length + " values where training moves "
                    + buffer.length()
                    + "; a former version of Parallax also wrote those of fixed parameters: train anew,"
                    + " into another folder");
        }
        backend.upload(values, buffer);
    }
}
