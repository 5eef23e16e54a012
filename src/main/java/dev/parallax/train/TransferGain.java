package dev.parallax.train;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.eval.Bootstrap;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.Statistic;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How much better a model is than the one that its training started from: unweighted accuracy of both on the same
/// test part. An answer of the former that the new model has no class for is wrong, and so is every utterance of a
/// class that is new.
///
/// @param before     unweighted accuracy of the former model
/// @param after      that of the new one
/// @param difference after - before, with its interval
/// @param utterances of the test part
/// @param seen       how many of them the former model was trained on or chosen by
/// @param unknown    classes that it did not have
public record TransferGain(
        double before, double after, Interval difference, int utterances, int seen, List<String> unknown) {

    /// Scores both models.
    ///
    /// @param from   the former model
    /// @param result of the run that started from it, with a test part
    /// @param setup  of that run
    /// @param copies among its utterances, of the same sound
    /// @param cache  of the features, which both share
    public static TransferGain of(
            EmotionModel from,
            TrainingRun.Result result,
            TrainingSetup setup,
            SoundCopies copies,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        Labels labels = result.model().labels();
        Outputs unseen = result.unseen().outputs();
        Map<String, Utterance> byId =
                setup.utterances().stream().collect(Collectors.toMap(Utterance::id, utterance -> utterance));
        List<Utterance> tested = result.unseen().ids().stream()
                .map(id -> Objects.requireNonNull(byId.get(id)))
                .toList();
        List<Utterance> asked =
                tested.stream().map(utterance -> utterance.withEmotion(null)).toList();
        Outputs former = Evaluation.outputs(from, asked, cache, workers, notes);
        int none = labels.size();
        int[] truth = new int[tested.size()];
        int[] then = new int[tested.size()];
        int[] now = new int[tested.size()];
        for (int i = 0; i < tested.size(); i++) {
            truth[i] = labels.index(String.valueOf(tested.get(i).emotion()), "gain");
            now[i] = answer(unseen, i);
            String said = from.labels().name(answer(former, i));
            then[i] = labels.contains(said) ? labels.index(said, "gain") : none;
        }
        Statistic before = Statistic.unweightedAccuracy(truth, then, none + 1);
        Statistic after = Statistic.unweightedAccuracy(truth, now, none + 1);
        boolean named = tested.stream().allMatch(utterance -> utterance.speaker() != null);
        Clusters clusters = named
                ? Clusters.of(tested.stream().map(TransferGain::speaker).toList())
                : Clusters.single(tested.size());
        Interval difference = Bootstrap.standard(setup.training().seed()).of(after.minus(before), clusters);
        int[] all = IntStream.range(0, tested.size()).toArray();
        return new TransferGain(
                before.of(all),
                after.of(all),
                difference,
                tested.size(),
                seen(from, tested, setup.utterances(), copies),
                labels.names().stream()
                        .filter(label -> !from.labels().contains(label))
                        .toList());
    }

    private static int answer(Outputs outputs, int i) {
        return Probabilities.argmax(Objects.requireNonNull(outputs.logits(View.DECISION, i)));
    }

    private static String speaker(Utterance utterance) {
        String speaker = utterance.speaker();
        return speaker == null ? "" : speaker;
    }

    private static int seen(EmotionModel model, List<Utterance> tested, List<Utterance> all, SoundCopies copies) {
        @Nullable RunRecord record = model.record();
        return record == null
                ? 0
                : LearnedData.of(record).seen(tested, all, copies).utterances().size();
    }

    /// As scripts read it.
    public JsonObject toJson() {
        return Json.object()
                .with("before", before)
                .with("after", after)
                .with("gain", difference.estimate())
                .with("low", difference.low())
                .with("high", difference.high())
                .with("level", difference.level())
                .with("withinTheseSpeakers", difference.withinTheseSpeakers())
                .with("utterances", utterances)
                .with("seenBefore", seen)
                .with("newClasses", unknown);
    }
}
