package dev.parallax.report;

import dev.parallax.data.Labels;
import dev.parallax.fusion.View;
import dev.parallax.report.plot.UtteranceCard;
import java.nio.file.Path;
import java.util.List;

/// The page of `parallax demo`: the models side by side with the ceilings of the embedded corpus, their learning
/// curves, their confusions, and the answers to one utterance by each perspective.
///
/// @param run      what was run and on what
/// @param labels   the classes
/// @param split    the parts of the embedded corpus
/// @param ceilings the scores of the best possible models
/// @param models   in the order of the table: audio, text, fused with the single loss, fused with the perspective
///                 loss; the last is the one whose confusions and calibration are shown
/// @param checks   the models' scores against bounds around the ceilings, and other conditions
/// @param story    one utterance of the test part
public record DemoReport(
        RunFacts run,
        Labels labels,
        SplitFacts split,
        Ceilings ceilings,
        List<ModelResult> models,
        List<Check> checks,
        UtteranceCard story) {

    /// Keeps its own copies of the lists.
    ///
    /// @throws IllegalArgumentException if there is no model, or the last one gives no fused answer
    public DemoReport {
        models = List.copyOf(models);
        checks = List.copyOf(checks);
        if (models.isEmpty() || models.getLast().of(View.FUSED).isEmpty()) {
            throw new IllegalArgumentException("demo report: the last model must be a fused one, with its scores");
        }
    }

    /// Writes `report.html` and its `figures/` into a folder, which is made where it is missing.
    ///
    /// @return the page's file
    /// @throws dev.parallax.BadInputException if the folder cannot be written
    public Path write(Path folder) {
        return new DemoPage(this).page().write(folder);
    }
}
