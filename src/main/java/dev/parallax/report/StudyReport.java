package dev.parallax.report;

import dev.parallax.report.StudyRow.Versus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The page of a study: which way to fuse helps, what the perspective loss adds, and who decides.
///
/// @param run       what was run and on what
/// @param synthetic whether the corpus is the embedded one; the page then says that it is not speech
/// @param labels    the classes
/// @param rows      a row for each way to decide
/// @param effects   the perspective loss against the single loss, by strategy; possibly none
/// @param baselines accuracies to be beaten, or ceilings, by what they are
/// @param seeds     repetitions
/// @param folds     how each split was made
/// @param notes     what a reader must know, a line each
public record StudyReport(
        RunFacts run,
        boolean synthetic,
        List<String> labels,
        List<StudyRow> rows,
        Map<String, Versus> effects,
        Map<String, Double> baselines,
        int seeds,
        List<String> folds,
        List<String> notes) {

    /// Keeps its own copies.
    public StudyReport {
        labels = List.copyOf(labels);
        rows = List.copyOf(rows);
        effects = new LinkedHashMap<>(effects);
        baselines = new LinkedHashMap<>(baselines);
        folds = List.copyOf(folds);
        notes = List.copyOf(notes);
    }

    /// Writes `report.html` and its `figures/` into a folder, which is made where it is missing.
    ///
    /// @return the page's file
    public Path write(Path folder) {
        return new StudyPage(this).page().write(folder);
    }
}
