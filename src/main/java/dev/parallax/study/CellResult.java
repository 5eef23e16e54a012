package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.train.TrainingRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What came of a cell: enough to compute every table again, without its weights.
///
/// @param cell        which one
/// @param parameters  how many numbers the model has
/// @param epochs      that were run
/// @param bestEpoch   whose weights were kept
/// @param temperature of the decision's logits, fitted on the validation part
/// @param validation  what the model says of the part that chose the epoch
/// @param test        what it says of the part that chose nothing
public record CellResult(
        Cell cell, int parameters, int epochs, int bestEpoch, double temperature, Said validation, Said test) {

    static CellResult of(Cell cell, TrainingRun.Result result) {
        boolean fused = !StudyPlan.ALONE.contains(cell.strategy());
        var temperatures = result.model().temperatures();
        double temperature = fused
                ? temperatures.fused()
                : cell.strategy().equals("audio") ? temperatures.audio() : temperatures.text();
        return new CellResult(
                cell,
                result.model().size(),
                result.history().size(),
                result.bestEpoch(),
                temperature,
                Said.of(result.chosenBy()),
                Said.of(result.unseen()));
    }

    /// Unweighted accuracy on the test part.
    double testAccuracy(int classes) {
        return test.unweightedAccuracy(classes);
    }

    /// Unweighted accuracy on the part that chose the epoch: optimistic.
    double validationAccuracy(int classes) {
        return validation.unweightedAccuracy(classes);
    }

    /// Where a cell's result is kept.
    static Path file(Path folder, Cell cell) {
        return folder.resolve("cells").resolve(cell.id() + ".json");
    }

    void write(Path folder) {
        JsonObject json = Json.object()
                .with("cell", cell.toJson())
                .with("parameters", parameters)
                .with("epochs", epochs)
                .with("bestEpoch", bestEpoch)
                .with("temperature", temperature)
                .with("validation", validation.toJson())
                .with("test", test.toJson());
        SafeFiles.write(file(folder, cell), json.toText().getBytes(StandardCharsets.UTF_8));
    }

    /// What [#write] wrote.
    ///
    /// @throws BadInputException when the file is damaged or another cell's
    static CellResult read(Path folder, Cell cell) {
        Path file = file(folder, cell);
        JsonObject json = Json.parseObject(file);
        if (!json.object("cell").equals(cell.toJson())) {
            throw new BadInputException(file + ": holds another cell; delete it, and the study computes it again");
        }
        return new CellResult(
                cell,
                json.integer("parameters"),
                json.integer("epochs"),
                json.integer("bestEpoch"),
                json.number("temperature"),
                Said.fromJson(json.object("validation")),
                Said.fromJson(json.object("test")));
    }
}
