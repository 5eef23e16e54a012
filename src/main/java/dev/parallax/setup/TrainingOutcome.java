package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.corpus.verify.ClassReview;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.RepeatedPredictions;
import dev.parallax.eval.ValidationGap;
import dev.parallax.fusion.View;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.train.Scores;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TransferGain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The outcome of a training.
///
/// @param training what was trained on what
/// @param result   the model, its history and its scores
/// @param choice   between two kinds of features, null where there was none
/// @param gain     over the model that it started from, null where there is none or no test part
/// @param gap      the validation part against the test part, null where one has no labelled utterance
/// @param folder   that has its files, null where nothing was written
public record TrainingOutcome(
        PreparedTraining training,
        TrainingRun.Result result,
        @Nullable FeatureChoice choice,
        @Nullable TransferGain gain,
        @Nullable ValidationGap gap,
        @Nullable Path folder) {

    static TrainingOutcome of(
            PreparedTraining training,
            TrainingRun.Result result,
            @Nullable FeatureChoice choice,
            @Nullable TransferGain gain,
            @Nullable Path folder) {
        return new TrainingOutcome(training, result, choice, gain, gap(training, result), folder);
    }

    /// What makes the scores of the test part too good, one line each.
    public List<String> dishonesty() {
        RunRecord record = model().record();
        return record == null ? List.of() : record.dishonesty();
    }

    /// How the speech that it was trained on was made, where no person spoke it, one line for each corpus; also of the
    /// models that it started from.
    public List<String> syntheticSpeech() {
        RunRecord record = model().record();
        return record == null ? List.of() : record.syntheticSpeech();
    }

    /// The trained model.
    public Model model() {
        return result.model();
    }

    /// The scores of the test part by view; empty where there is none.
    public Map<View, Scores> scores() {
        return result.test();
    }

    /// Warnings about parts of the split that are small or lack classes, one line each.
    public List<String> partWarnings() {
        return new ClassReview(training.setup().split(), training.setup().utterances(), model().labels()).lines();
    }

    /// A warning that validation and test part are too far apart; null where they are not.
    public @Nullable String gapWarning() {
        return gap == null ? null : gap.warning();
    }

    private static @Nullable ValidationGap gap(PreparedTraining training, TrainingRun.Result result) {
        TrainingRun.Answers validation = result.chosenBy();
        TrainingRun.Answers test = result.unseen();
        if (members(validation).length == 0 || members(test).length == 0) {
            return null;
        }
        int classes = result.model().labels().size();
        Map<String, String> clusterOf = Study.clusters(training.setup().utterances());
        return ValidationGap.of(
                predictions(validation, classes),
                clusters(validation, clusterOf),
                predictions(test, classes),
                clusters(test, clusterOf),
                training.setup().training().seed());
    }

    private static int[] members(TrainingRun.Answers answers) {
        return answers.outputs().size() == 0 ? new int[0] : answers.outputs().members(View.DECISION);
    }

    private static RepeatedPredictions predictions(TrainingRun.Answers answers, int classes) {
        return RepeatedPredictions.of(
                answers.outputs().truth(View.DECISION),
                List.of(Probabilities.argmax(answers.outputs().rows(View.DECISION))),
                classes);
    }

    private static Clusters clusters(TrainingRun.Answers answers, Map<String, String> clusterOf) {
        return Clusters.of(
                IntStream.of(members(answers)).mapToObj(answers.ids()::get).toList(), clusterOf);
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
