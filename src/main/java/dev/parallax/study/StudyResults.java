package dev.parallax.study;

import dev.parallax.io.Csv;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.report.study.StudyFindings;
import dev.parallax.report.study.StudyFindings.Tried;
import dev.parallax.train.Workers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The results of a study: a function of its cells, without times, so that interruptions do not change it.
///
/// @param plan     what was studied
/// @param cells    every cell's result
/// @param findings all tables
/// @param context  what a model's answer to one utterance uses of the others, in words
/// @param causal   whether no answer depends on later utterances
public record StudyResults(
        StudyDesign plan, List<CellResult> cells, StudyFindings findings, String context, boolean causal) {

    public StudyResults {
        cells = List.copyOf(cells);
    }

    /// Computes all tables.
    ///
    /// @param clusterOf the speaker or dialogue of each utterance, by id; where some are not known, utterances
    ///                  are taken one by one
    /// @param groups    by the name of each column, the group of each utterance, by id
    /// @param baselines the models without a network
    /// @param workers   compute intervals and tests side by side
    /// @param folder    of the study, with what the inner cross-validations tried
    public static StudyResults of(
            StudyDesign plan,
            List<CellResult> cells,
            Path folder,
            Map<String, String> clusterOf,
            Map<String, Map<String, String>> groups,
            Baselines baselines,
            Workers workers) {
        PooledCells pools = new PooledCells(plan, cells);
        Tables tables = new Tables(plan, pools, clusterOf, baselines.answers(), workers);
        GroupTables grouped = new GroupTables(plan, pools, tables);
        Insights insights = new Insights(plan, pools, tables);
        StudyFindings findings = new StudyFindings(
                tables.rows(),
                tables.effects(),
                tables.lead(),
                baselines.overlap(),
                insights.gap(),
                plan.inner().isEmpty() ? List.of() : tried(plan, folder),
                insights.speakers(),
                groups.entrySet().stream()
                        .map(column -> grouped.of(column.getKey(), column.getValue()))
                        .toList(),
                insights.curves(),
                insights.reliabilities(),
                insights.confusions(),
                insights.planes());
        return new StudyResults(
                plan,
                cells,
                findings,
                plan.base().plan().context(),
                plan.base().plan().causal());
    }

    /// Of each strategy, loss and fold.
    private static List<Tried> tried(StudyDesign plan, Path folder) {
        return plan.cells().stream()
                .filter(cell -> cell.seed() == 0)
                .map(cell -> Rotation.read(folder, cell))
                .toList();
    }

    /// The classes.
    public List<String> labels() {
        return plan.base().plan().labels().names();
    }

    /// How many classes occur in the test parts: unweighted accuracy is the mean recall of these.
    public int testedClasses() {
        return (int) cells.stream()
                .map(CellResult::test)
                .flatMapToInt(test -> IntStream.range(0, test.ids().size()).map(test::truth))
                .distinct()
                .count();
    }

    /// All tables.
    public JsonObject toJson() {
        return StudyJson.of(this);
    }

    /// Writes `results.json` and `results.csv`, one row per cell.
    ///
    /// @param all all tables, and what else belongs to the results
    public void write(Path folder, JsonObject all) {
        SafeFiles.write(folder.resolve("results.json"), all.toIndentedText().getBytes(StandardCharsets.UTF_8));
        int classes = labels().size();
        List<String> header = List.of(
                "strategy",
                "loss",
                "fold",
                "seed",
                "variant",
                "parameters",
                "epochs",
                "bestEpoch",
                "testUnweightedAccuracy",
                "validationUnweightedAccuracy",
                "syntheticSpeech");
        String speech = String.join("; ", plan.base().syntheticSpeech());
        List<List<String>> lines = cells.stream()
                .map(cell -> List.of(
                        cell.cell().strategy(),
                        cell.cell().loss().word(),
                        Integer.toString(cell.cell().fold() + 1),
                        Long.toString(plan.seed(cell.cell())),
                        cell.variant(),
                        Integer.toString(cell.parameters()),
                        Integer.toString(cell.history().size()),
                        Objects.toString(cell.chosenEpoch(), ""),
                        number(cell.testAccuracy(classes)),
                        number(cell.validationAccuracy(classes)),
                        speech))
                .toList();
        Csv.write(folder.resolve("results.csv"), header, lines);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
