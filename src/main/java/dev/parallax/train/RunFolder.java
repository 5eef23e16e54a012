package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.io.Csv;
import dev.parallax.io.FolderLock;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a training run leaves in its folder: `best.safetensors`, `last.safetensors`, `metrics.csv` after every
/// epoch, `run.json` at the end. Every file is written beside its target and then moved into place, so a kill loses
/// no more than one epoch.
final class RunFolder {

    private final Path folder;
    private @Nullable Model model;
    private @Nullable Trainer trainer;
    private JsonObject identity = Json.object();

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /// @throws BadInputException when the folder holds something and `resume` is off
    static RunFolder open(Path folder, boolean resume) {
        if (!resume && !FolderLock.isEmpty(folder)) {
            throw new BadInputException(
                    folder + ": the folder is not empty; give another ‹out›, or ‹resume› to go on where it stopped");
        }
        SafeFiles.createFolder(folder);
        SafeFiles.deleteUnfinished(folder);
        return new RunFolder(folder);
    }

    /// Keeps what is to be written, and takes over the state that an earlier run left.
    void attach(Model itsModel, Trainer itsTrainer, JsonObject itsIdentity, boolean resume) {
        model = itsModel;
        trainer = itsTrainer;
        identity = itsIdentity;
        Path last = folder.resolve("last.safetensors");
        if (resume && Files.exists(last)) {
            Checkpoint.restore(last, itsModel, itsTrainer, itsIdentity);
        }
    }

    /// A listener that writes after each epoch, then calls `next`.
    Trainer.Listener recording(Trainer.Listener next) {
        Model itsModel = Objects.requireNonNull(model);
        Trainer itsTrainer = Objects.requireNonNull(trainer);
        return new Trainer.Listener() {
            @Override
            public void note(String line) {
                next.note(line);
            }

            @Override
            public void stageBegins(String name, int epochs) {
                next.stageBegins(name, epochs);
            }

            @Override
            public void stepEnded(int epoch, int step, int stepsOfEpoch) {
                next.stepEnded(epoch, step, stepsOfEpoch);
            }

            @Override
            public void epochEnded(EpochResult result, boolean best) {
                if (best) {
                    itsTrainer.best().whileRestored(() -> itsModel.save(folder.resolve("best.safetensors")));
                }
                Checkpoint.write(folder.resolve("last.safetensors"), itsModel, itsTrainer, identity);
                writeMetrics(itsTrainer.history());
                next.epochEnded(result, best);
            }
        };
    }

    private void writeMetrics(List<EpochResult> history) {
        List<String> header =
                new ArrayList<>(history.getFirst().numbers().fields().keySet());
        List<List<String>> rows = new ArrayList<>();
        for (EpochResult result : history) {
            rows.add(result.numbers().fields().values().stream()
                    .map(RunFolder::cell)
                    .toList());
        }
        Csv.write(folder.resolve("metrics.csv"), header, rows);
    }

    private static String cell(Json value) {
        return switch (value) {
            case Json.Whole whole -> Long.toString(whole.value());
            case Json.Real real -> Double.isNaN(real.value()) ? "" : Double.toString(real.value());
            default -> "";
        };
    }

    /// Writes the final model, with its temperatures and scores, and `run.json`.
    void finish(TrainingRun.Result result) {
        result.model().save(folder.resolve("best.safetensors"));
        RunRecord record = Objects.requireNonNull(result.model().record());
        JsonObject document = Json.object()
                .with("run", record.toJson())
                .with("model", result.model().configuration())
                .with("parameters", result.model().parameters().size())
                .with("history", EpochResult.toJson(result.history()))
                .with("jdk", Runtime.version().toString())
                .with("seconds", result.seconds());
        SafeFiles.write(
                folder.resolve("run.json"), (document.toIndentedText() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
