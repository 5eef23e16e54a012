package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.RunRecord;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.train.EpochResult;
import dev.parallax.train.Outputs;
import dev.parallax.train.TrainingRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The result of a cell: enough to compute every table again, without its weights.
///
/// @param cell         which one
/// @param variant      name of the settings that were kept
/// @param parameters   how many numbers the model has, word vectors included
/// @param bestEpoch    whose weights were kept
/// @param temperatures fitted on the validation part
/// @param record       the [RunRecord], its split replaced by how it was made
/// @param history      every epoch
/// @param validation   the model's answers on the part that chose the epoch
/// @param test         its answers on the part that chose nothing
/// @param audio        audio's vectors of the test utterances in the plane; null where they were not projected
/// @param text         text's vectors, likewise
public record CellResult(
        Cell cell,
        String variant,
        int parameters,
        int bestEpoch,
        Perspectives<Double> temperatures,
        JsonObject record,
        List<EpochResult> history,
        LabelledLogits validation,
        LabelledLogits test,
        @Nullable Projection audio,
        @Nullable Projection text) {

    private static final RecordJson<CellResult> JSON = RecordJson.of(CellResult.class)
            .as("cell", Cell.JSON::write, Cell.JSON::read)
            .<List<EpochResult>>as("history", EpochResult::toJson, EpochResult::fromJson)
            .as("validation", LabelledLogits::toJson, LabelledLogits::fromJson)
            .as("test", LabelledLogits::toJson, LabelledLogits::fromJson)
            .nullable("audio", "text")
            .named("audio", "audioProjection")
            .named("text", "textProjection")
            .as("audio", Projection::toJson, Projection::fromJson)
            .as("text", Projection::toJson, Projection::fromJson);

    private static final String CHECKSUM = "sha256";

    public CellResult {
        AnswerRules.requireTemperatures(temperatures);
        history = List.copyOf(history);
    }

    static CellResult of(Cell cell, String variant, TrainingRun.Result result) {
        boolean looked = cell.seed() == 0;
        RunRecord record = Objects.requireNonNull(result.model().record());
        JsonObject split = record.split();
        return new CellResult(
                cell,
                variant,
                result.model().size(),
                result.bestEpoch(),
                result.model().rules().temperatures(),
                record.toJson()
                        .with(
                                "split",
                                Json.object()
                                        .with("how", split.text("how"))
                                        .with("speakerIndependent", split.flag("speakerIndependent"))),
                result.history(),
                LabelledLogits.of(result.chosenBy()),
                LabelledLogits.of(result.unseen()),
                looked ? projection(result.unseen().outputs(), Vectors::audio) : null,
                looked ? projection(result.unseen().outputs(), Vectors::text) : null);
    }

    /// The scored utterances, in their order; null where one lacks the modality.
    private static @Nullable Projection projection(Outputs outputs, Function<Vectors, float @Nullable []> modality) {
        List<float[]> rows = new ArrayList<>();
        for (int i : outputs.members(View.DECISION)) {
            Vectors vectors = outputs.vectors(i);
            float[] row = vectors == null ? null : modality.apply(vectors);
            if (row == null) {
                return null;
            }
            rows.add(row);
        }
        return Projection.of(rows);
    }

    /// The epoch that a part chose; null where nothing chose and the last was kept.
    public @Nullable Integer chosenEpoch() {
        return history.getLast().isMeasured() ? (Integer) bestEpoch : null;
    }

    /// Unweighted accuracy on the test part.
    public double testAccuracy(int classes) {
        return test.unweightedAccuracy(classes);
    }

    /// Unweighted accuracy on the part that chose the epoch: optimistic; NaN where there is no such part.
    public double validationAccuracy(int classes) {
        return validation.unweightedAccuracy(classes);
    }

    /// The temperature of an answer; that of the decision is the temperature of what the model decides by.
    double temperature(View view) {
        if (view != View.DECISION) {
            return temperatures.get(view);
        }
        Modality alone = cell.alone();
        return temperatures.get(alone == null ? View.FUSED : alone.view());
    }

    /// Where the vectors of a modality lie; null where they are not looked at.
    @Nullable
    Projection projection(Modality modality) {
        return switch (modality) {
            case AUDIO -> audio;
            case TEXT -> text;
        };
    }

    /// Where a cell's result is kept.
    static Path file(Path folder, Cell cell) {
        return folder.resolve("cells").resolve(cell.id() + ".json");
    }

    /// Writes the file of the cell, with a checksum of all it holds.
    void write(Path folder) {
        JsonObject json = JSON.write(this);
        SafeFiles.write(
                file(folder, cell), json.with(CHECKSUM, checksum(json)).toText().getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(JsonObject json) {
        return SafeFiles.sha256(json.toText().getBytes(StandardCharsets.UTF_8));
    }

    /// What [#write] wrote.
    ///
    /// @throws BadInputException when the file is damaged, was changed, or is another cell's
    static CellResult read(Path folder, Cell cell) {
        Path file = file(folder, cell);
        JsonObject json = Json.parseObject(file);
        JsonObject content = json.without(CHECKSUM);
        if (json.has(CHECKSUM)
                && !json.text(CHECKSUM).equals(checksum(content))) { // files of former versions have none
            throw new BadInputException(
                    file + ": was changed after it was written; delete it, and the study computes it again");
        }
        CellResult result = JSON.read(content);
        if (!result.cell.equals(cell)) {
            throw new BadInputException(file + ": holds another cell; delete it, and the study computes it again");
        }
        return result;
    }
}
