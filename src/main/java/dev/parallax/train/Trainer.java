package dev.parallax.train;

import dev.parallax.eval.LogitNorm;
import dev.parallax.fusion.View;
import dev.parallax.model.Model;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.answer.UnpairedFusion;
import dev.parallax.optim.MovingAverage;
import dev.parallax.optim.Optimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Trains a model: batches of like length, shards over threads, clipping, an optimiser, a schedule, early stopping
/// on the validation part. The test part is not used.
///
/// A run is a pure function of the starting weights, the settings and the examples. It is the same on any number of
/// threads, and whether or not it was interrupted and resumed.
public final class Trainer implements AutoCloseable {

    /// Receives the progress of training, on the caller's thread.
    public interface Listener {
        /// A note for the user, given once.
        default void note(String line) {}

        /// A warning about what was learned.
        default void warn(String line) {}

        /// How many varied copies of recordings are made so far. On any thread, one call at a time.
        default void copyMade(int done, int total) {}

        /// One of several stages begins; what follows belongs to it.
        ///
        /// @param name   of the stage, the start of each line about it; empty for the last
        /// @param epochs the most it will have
        default void stageBegins(String name, int epochs) {}

        /// After each step.
        default void stepEnded(int epoch, int step, int stepsOfEpoch) {}

        /// After each epoch; `best` says whether it is the best so far.
        default void epochEnded(EpochResult result, boolean best) {}
    }

    private final Model model;
    private final TrainingConfig config;
    private final Examples train;
    private final Examples validation;
    private final Workers workers;
    private final TrainingSteps steps;
    private final BestWeights best;
    private final List<EpochResult> history = new ArrayList<>();

    /// @param model      starts from its present weights and is changed
    /// @param train      the training part
    /// @param validation chooses the best epoch; may be empty, then the last epoch is kept
    public Trainer(Model model, TrainingConfig config, Examples train, Examples validation, Workers workers) {
        this.model = model;
        this.config = config;
        this.train = train;
        this.validation = validation;
        this.workers = workers;
        this.steps = new TrainingSteps(model, config, train, workers);
        this.best = new BestWeights(model, config.chosenBy(), steps.aloneEpochs(), steps.apart());
    }

    /// Trains until the epochs are over or none has been the best for `patience` epochs; then the model has the
    /// weights of its best epoch.
    public void run(Listener listener) {
        String note = steps.note();
        if (note != null) {
            listener.note(note);
        }
        while (!isDone()) {
            EpochTraining trained = runEpoch(listener);
            AtomicBoolean better = new AtomicBoolean();
            whileAveraged(() -> {
                history.add(validated(history.size() + 1, trained));
                better.set(best.update(history));
            });
            listener.epochEnded(history.getLast(), better.get());
        }
        best.restore();
    }

    private boolean isDone() {
        return history.size() >= config.epochs()
                || (validation.size() > 0
                        && history.size() - Math.max(bestEpoch(), steps.aloneEpochs()) >= config.patience());
    }

    /// Runs an action while the model has the weights that would be kept: their average, where they are averaged.
    private void whileAveraged(Runnable action) {
        MovingAverage average = steps.average();
        if (average == null) {
            action.run();
        } else {
            average.whileInPlace(action);
        }
    }

    /// What the steps of an epoch have measured.
    ///
    /// @param heads the perspectives whose heads the loss reached
    private record EpochTraining(double rate, GradientNorms norms, ShardedStep.Loss loss, Set<String> heads) {}

    private EpochTraining runEpoch(Listener listener) {
        int epoch = history.size();
        List<int[]> batches = steps.begin(epoch);
        double labelled = batches.stream()
                .mapToInt(batch -> ShardedStep.labelled(train, batch))
                .sum();
        List<Boolean> improved = best.improvements(history);
        GradientNorms norms = GradientNorms.ZERO;
        ShardedStep.Loss mean = ShardedStep.Loss.ZERO;
        double rate = 0;
        for (int b = 0; b < batches.size(); b++) {
            int[] batch = batches.get(b);
            TrainingSteps.Taken taken = steps.take(epoch, epoch + (b + 1.0) / batches.size(), batch, improved);
            norms = norms.plus(steps.gradient().norms().over(batches.size()));
            rate = taken.rate();
            double share = config.reduction().terms(ShardedStep.labelled(train, batch)) / labelled;
            mean = mean.plus(taken.loss().times(share));
            listener.stepEnded(epoch + 1, b + 1, batches.size());
        }
        return new EpochTraining(rate, norms, mean, steps.taught());
    }

    /// The norm of a perspective's gradient; NaN where it has a head alone that the loss does not reach: it has
    /// nothing to learn, and so it is not starved.
    private double taught(double norm, String perspective, Set<String> heads) {
        boolean learns = heads.contains(perspective)
                || model.parameters().all().stream()
                        .filter(parameter -> parameter.name().startsWith(perspective))
                        .filter(parameter -> !parameter.name().startsWith(perspective + GradientClipping.HEAD))
                        .anyMatch(parameter -> !model.parameters().isFixed(parameter));
        return learns ? norm : Double.NaN;
    }

    private EpochResult validated(int epoch, EpochTraining trained) {
        ShardedStep.Loss loss = trained.loss();
        GradientNorms norms = trained.norms();
        double audioLogits = Double.NaN;
        double textLogits = Double.NaN;
        Map<View, Double> accuracies = new EnumMap<>(View.class);
        Map<View, Double> losses = new EnumMap<>(View.class);
        if (validation.size() > 0) {
            Outputs outputs = Outputs.of(model, validation, config.together(model.backend()), workers);
            audioLogits =
                    trained.heads().contains(BestWeights.AUDIO) ? LogitNorm.of(outputs.rows(View.AUDIO)) : Double.NaN;
            textLogits =
                    trained.heads().contains(BestWeights.TEXT) ? LogitNorm.of(outputs.rows(View.TEXT)) : Double.NaN;
            for (View view : View.values()) {
                Scores scores = Scores.of(outputs, view, 1);
                if (scores != null) {
                    accuracies.put(view, scores.metrics().unweightedAccuracy());
                    losses.put(view, scores.calibration().negativeLogLikelihood());
                }
            }
        }
        return new EpochResult(
                epoch,
                trained.rate(),
                norms.all(),
                loss.total(),
                loss.terms().fused(),
                loss.terms().audio(),
                loss.terms().text(),
                losses.getOrDefault(View.DECISION, Double.NaN),
                accuracies.getOrDefault(View.DECISION, Double.NaN),
                accuracies.getOrDefault(View.FUSED, Double.NaN),
                accuracies.getOrDefault(View.AUDIO, Double.NaN),
                accuracies.getOrDefault(View.TEXT, Double.NaN),
                losses.getOrDefault(View.AUDIO, Double.NaN),
                losses.getOrDefault(View.TEXT, Double.NaN),
                taught(norms.audio(), BestWeights.AUDIO, trained.heads()),
                taught(norms.text(), BestWeights.TEXT, trained.heads()),
                audioLogits,
                textLogits,
                ModelHashes.weights(model));
    }

    /// Every finished epoch.
    public List<EpochResult> history() {
        return List.copyOf(history);
    }

    /// The epoch that gave the model its weights, from 1, 0 before the first, by the [EpochScore] of the
    /// decision. Where no training utterance has both modalities, the perspectives are two models, and there are
    /// two epochs: by audio's score and by text's.
    Map<View, Integer> bestEpochs() {
        return best.epochs(history);
    }

    /// The last of [#bestEpochs].
    public int bestEpoch() {
        return Collections.max(bestEpochs().values());
    }

    /// The optimiser, for checkpoints.
    Optimizer optimizer() {
        return steps.optimizer();
    }

    /// The moving average of the weights; null where there is none.
    @Nullable
    MovingAverage average() {
        return steps.average();
    }

    /// The weights of the best epoch.
    BestWeights best() {
        return best;
    }

    /// How the perspectives are to be brought together where no training utterance has both; else null.
    @Nullable
    UnpairedFusion unpairedFusion() {
        return steps.unpairedFusion();
    }

    /// Gives back the memory of its optimiser, its gradients and its copies of the weights; the model keeps its own.
    @Override
    public void close() {
        steps.close();
        best.close();
    }

    /// Continues where a checkpoint was written; its buffers have been filled.
    void resume(List<EpochResult> past, int stepsTaken) {
        history.clear();
        history.addAll(past);
        steps.resume(past.size(), stepsTaken);
    }
}
