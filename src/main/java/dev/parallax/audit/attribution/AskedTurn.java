package dev.parallax.audit.attribution;

import dev.parallax.data.DialogueExample;
import dev.parallax.data.Example;
import dev.parallax.fusion.View;
import dev.parallax.model.DialogueModel;
import java.util.List;

/// The logit of a dialogue that is asked about.
///
/// @param turn  of the dialogue, from 0
/// @param view  that decides
/// @param label the class that it decides for
record AskedTurn(int turn, View view, int label) {

    /// The integrated gradients of the logit with respect to the vectors of all turns, with as many points as needed.
    IntegratedGradients byVectors(DialogueModel model, DialogueExample dialogue) {
        return IntegratedGradients.of(() -> InputLine.of(model, dialogue, turn, view, label), view, label);
    }

    /// The same with a number of points.
    IntegratedGradients byVectors(DialogueModel model, DialogueExample dialogue, int points) {
        InputLine line = InputLine.of(model, dialogue, turn, view, label);
        return IntegratedGradients.of(List.of(line), view, label, GaussLegendre.of(points));
    }

    /// The same with respect to what the first stage reads of this turn.
    ///
    /// @param windows of the turn
    IntegratedGradients byInput(DialogueModel model, DialogueExample dialogue, List<Example> windows) {
        return IntegratedGradients.of(
                () -> new FirstStageLine(model, windows, dialogue, turn, view, label), view, label);
    }
}
