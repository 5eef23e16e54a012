package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.fusion.View;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.train.Scores;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TransferGain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The outcome of a training.
///
/// @param training what was trained on what
/// @param result   the model, its history and its scores
/// @param choice   between two kinds of features, null where there was none
/// @param gain     over the model that it started from, null where there is none or no test part
/// @param folder   that has its files, null where nothing was written
public record TrainingOutcome(
        PreparedTraining training,
        TrainingRun.Result result,
        @Nullable FeatureChoice choice,
        @Nullable TransferGain gain,
        @Nullable Path folder) {

    /// What makes the scores of the test part too good, one line each.
    public List<String> dishonesty() {
        RunRecord record = model().record();
        return record == null ? List.of() : record.dishonesty();
    }

    /// The trained model.
    public Model model() {
        return result.model();
    }

    /// The scores of the test part by view; empty where there is none.
    public Map<View, Scores> scores() {
        return result.test();
    }

    /// The scores of the decision on the test part.
    ///
    /// @throws BadInputException when the test part is empty
    public Scores decision() {
        Scores decision = scores().get(View.DECISION);
        if (decision == null) {
            throw new BadInputException("training: the test part is empty, so there are no scores of it");
        }
        return decision;
    }
}
