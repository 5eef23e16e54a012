package dev.parallax.study;

import dev.parallax.eval.Agreement;
import dev.parallax.eval.Confusion;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.report.StudyRow;
import dev.parallax.report.StudyRow.Versus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a study found: a function of its cells, without times, so that it is the same however often it was interrupted.
///
/// @param plan     what was studied
/// @param cells    every cell's result
/// @param rows     a row for each way to decide
/// @param effects  what the perspective loss adds, by strategy; empty where only one loss was studied
/// @param majority accuracy of always naming the most frequent class
public record StudyResults(
        StudyPlan plan, List<CellResult> cells, List<StudyRow> rows, Map<String, Versus> effects, double majority) {

    public StudyResults {
        cells = List.copyOf(cells);
        rows = List.copyOf(rows);
        effects = new LinkedHashMap<>(effects);
    }

    /// Computes all tables.
    ///
    /// @param clusterOf the speaker or dialogue of each utterance, by id; where some are not known, utterances are
    ///                  taken one by one
    /// @param baselines what needs no network, or null for none
    public static StudyResults of(
            StudyPlan plan, List<CellResult> cells, Map<String, String> clusterOf, @Nullable Baselines baselines) {
        Tables tables = new Tables(plan, cells, clusterOf);
        List<Baselines.Answers> answers = baselines == null ? List.of() : baselines.answers();
        return new StudyResults(plan, cells, tables.rows(answers), tables.effects(), tables.majority());
    }

    /// Who was taken for whom, by a strategy under a loss.
    public Confusion confusion(String strategy, boolean perspectives) {
        return new Tables(plan, cells, Map.of()).confusion(strategy, perspectives);
    }

    /// Writes `results.json`, all tables, and `results.csv`, one row a cell.
    public void write(Path folder) {
        SafeFiles.write(
                folder.resolve("results.json"), toJson().toIndentedText().getBytes(StandardCharsets.UTF_8));
        List<List<String>> lines = new ArrayList<>();
        for (CellResult cell : cells) {
            lines.add(List.of(
                    cell.cell().strategy(),
                    cell.cell().loss(),
                    Integer.toString(cell.cell().fold()),
                    Integer.toString(cell.cell().seed()),
                    Integer.toString(cell.parameters()),
                    Integer.toString(cell.epochs()),
                    Integer.toString(cell.bestEpoch()),
                    Double.toString(cell.testAccuracy(labels().size())),
                    Double.toString(cell.validationAccuracy(labels().size()))));
        }
        List<String> header = List.of(
                "strategy",
                "loss",
                "fold",
                "seed",
                "parameters",
                "epochs",
                "bestEpoch",
                "testUnweightedAccuracy",
                "validationUnweightedAccuracy");
        Csv.write(folder.resolve("results.csv"), header, lines);
    }

    /// The classes.
    public List<String> labels() {
        return plan.base().plan().labels().names();
    }

    /// All tables.
    public JsonObject toJson() {
        JsonObject shown = Json.object();
        for (Map.Entry<String, Versus> effect : effects.entrySet()) {
            shown = shown.with(effect.getKey(), json(effect.getValue()));
        }
        return Json.object()
                .with("study", plan.identity())
                .with("seeds", plan.seeds())
                .with("majority", majority)
                .with("rows", Json.array(rows.stream().map(StudyResults::json).toList()))
                .with("perspectiveLoss", shown);
    }

    private static JsonObject json(StudyRow row) {
        JsonObject json = Json.object()
                .with("strategy", row.strategy())
                .with("loss", row.loss())
                .with("parameters", row.parameters())
                .with("utterances", row.utterances())
                .with("unweightedAccuracy", row.ua().mean())
                .with("unweightedAccuracyDeviation", row.ua().deviation())
                .with("weightedAccuracy", row.wa().mean())
                .with("weightedAccuracyDeviation", row.wa().deviation())
                .with(
                        "interval",
                        Json.object()
                                .with("estimate", row.interval().estimate())
                                .with("low", row.interval().low())
                                .with("high", row.interval().high())
                                .with("clusters", row.interval().clusters())
                                .with("withinTheseSpeakers", row.interval().withinTheseSpeakers()))
                .with("negativeLogLikelihood", row.nll())
                .with("expectedCalibrationError", row.ece())
                .with("audio", row.audio() == null ? new Json.Null() : new Json.Real(row.audio()))
                .with("text", row.text() == null ? new Json.Null() : new Json.Real(row.text()))
                .with("versus", row.versus() == null ? new Json.Null() : json(row.versus()));
        return row.agreement() == null ? json : json.with("whoDecides", json(Objects.requireNonNull(row.agreement())));
    }

    private static JsonObject json(Versus versus) {
        return Json.object()
                .with("with", versus.with())
                .with("difference", versus.comparison().difference())
                .with("p", versus.comparison().p())
                .with("adjusted", versus.adjusted())
                .with("smallestP", versus.comparison().smallestP())
                .with("clusters", versus.comparison().clusters())
                .with("exact", versus.comparison().exact())
                .with("shown", versus.shown());
    }

    private static JsonObject json(Agreement agreement) {
        return Json.object()
                .with("both", json(agreement.both()))
                .with("audioAlone", json(agreement.audio()))
                .with("textAlone", json(agreement.text()))
                .with("neither", json(agreement.neither()))
                .with("disagreements", agreement.disagreement().count())
                .with("followsAudio", agreement.disagreement().asAudio())
                .with("followsText", agreement.disagreement().asText());
    }

    private static JsonObject json(Agreement.Case some) {
        return Json.object().with("utterances", some.count()).with("fusedRight", some.fusedRight());
    }
}
