package dev.parallax.train;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.data.Example;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.fusion.Perspectives;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.RunRecord;
import dev.parallax.nn.CrossEntropyLoss;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Some utterances as a model takes them, with their labels and the loss that it was trained with: a batch of training,
/// for those who want to look at it.
///
/// @param examples each with a label
/// @param loss     as the model's record says, all classes with the same weight; the usual one without a record
public record LabelledExamples(List<Example> examples, PerspectiveLoss loss) {

    public LabelledExamples {
        examples = List.copyOf(examples);
    }

    /// Of utterances of a corpus, the first window of each.
    ///
    /// @param cache of the model's features
    /// @param notes receives what is left out, one line each
    public static LabelledExamples of(
            EmotionModel model,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        CorpusExamples all =
                new CorpusExamples(model, cache, Evaluation.usable(model, utterances, cache, workers, notes), notes);
        return new LabelledExamples(all.firstWindows(), loss(model));
    }

    private static PerspectiveLoss loss(EmotionModel model) {
        RunRecord record = model.record();
        TrainingConfig training = record == null
                ? TrainingConfig.STANDARD
                : TrainingConfig.fromJson(TrainingConfig.ofToday(
                        record.training().without("start").without("first")));
        float[] ones = new float[model.labels().size()];
        Arrays.fill(ones, 1);
        CrossEntropyLoss criterion = new CrossEntropyLoss(ones, (float) training.smoothing());
        return new PerspectiveLoss(
                true,
                training.loss().trainsPerspectives(),
                (float) training.alpha(),
                (float) training.beta(),
                Perspectives.alike(criterion),
                training.onProbabilities());
    }
}
