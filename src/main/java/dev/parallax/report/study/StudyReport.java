package dev.parallax.report.study;

import dev.parallax.data.Labels;
import dev.parallax.report.RunFacts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The page of a study: which way to fuse helps, what the perspective loss adds, and which perspective decides.
///
/// @param run       what was run and on what
/// @param synthetic whether the corpus is the embedded one; the page then says that it is not speech
/// @param labels    the classes
/// @param findings  what was found
/// @param reference the strategy that the others are compared with, which the figures show
/// @param headlines what must be known before any score, one line each ([StudyVerdict#headlines])
/// @param verdict   which differences are shown, in sentences ([StudyVerdict#sentences])
/// @param levels    baselines or ceilings: accuracies by name
/// @param ceilings  each strategy against the ceilings; empty where they are not known
/// @param seeds     repetitions
/// @param sizes     how the sizes of the models were chosen, a sentence
/// @param folds     how each split was made
/// @param shares    notes below every table: test transcripts that also occur in training, utterances left out
/// @param notes     warnings, one line each
/// @param cells     every training run
public record StudyReport(
        RunFacts run,
        boolean synthetic,
        Labels labels,
        StudyFindings findings,
        String reference,
        List<String> headlines,
        List<String> verdict,
        Map<String, Double> levels,
        List<CeilingCheck> ceilings,
        int seeds,
        String sizes,
        List<String> folds,
        List<String> shares,
        List<String> notes,
        List<StudyCell> cells) {

    /// Keeps its own copies.
    public StudyReport {
        headlines = List.copyOf(headlines);
        verdict = List.copyOf(verdict);
        levels = new LinkedHashMap<>(levels);
        ceilings = List.copyOf(ceilings);
        folds = List.copyOf(folds);
        shares = List.copyOf(shares);
        notes = List.copyOf(notes);
        cells = List.copyOf(cells);
    }

    /// Whether several folds are tested.
    boolean severalFolds() {
        return folds.size() > 1;
    }

    /// The part that was scored after each epoch and chose the best one, `validation` or `test`; null where none was,
    /// and the last epoch is kept.
    @Nullable
    String scored() {
        if (validated()) {
            return "validation";
        }
        return cells.stream().anyMatch(cell -> cell.bestEpoch() != null) ? "test" : null;
    }

    /// Whether the trainings had validation parts; else these were trained on, and no temperature was fitted.
    boolean validated() {
        return cells.isEmpty() || cells.stream().anyMatch(cell -> !Double.isNaN(cell.validation()));
    }

    /// What a score of one model is, for captions.
    String overSeeds() {
        return seeds > 1 ? "mean over the seeds" : "of a single seed";
    }

    /// The same of what is measured in every training run.
    String overRuns() {
        String over = Stream.of(severalFolds() ? "folds" : "", seeds > 1 ? "seeds" : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" and "));
        return over.isEmpty() ? "of a single run" : "mean over the " + over;
    }

    /// How several seeds are counted where each answer counts, a sentence after a blank; empty for one.
    String countedSeeds() {
        return seeds > 1 ? " All seeds together, so each utterance counts once per seed." : "";
    }

    /// Writes `report.html` and its `figures/` into a folder, which is made where it is missing.
    ///
    /// @return the page's file
    public Path write(Path folder) {
        return new StudyPage(this).page().write(folder);
    }
}
