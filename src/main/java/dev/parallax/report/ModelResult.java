package dev.parallax.report;

import dev.parallax.fusion.View;
import dev.parallax.report.plot.History;
import dev.parallax.report.plot.ViewScores;
import java.util.List;
import java.util.Optional;

/// One trained model: its learning curve and the scores of its answers on the test part.
///
/// @param name    as the tables show it, for instance `fused, perspective loss`
/// @param history of its training
/// @param scores  of each answer that the model gives, at most one per view
public record ModelResult(String name, History history, List<ViewScores> scores) {

    /// Keeps its own copy of the list.
    public ModelResult {
        scores = List.copyOf(scores);
    }

    /// The scores of a view, if the model has it.
    public Optional<ViewScores> of(View view) {
        return scores.stream().filter(score -> score.view() == view).findFirst();
    }
}
