package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.data.LengthBuckets;
import dev.parallax.eval.LogitNorm;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.model.Model;
import dev.parallax.optim.Adam;
import dev.parallax.optim.Clipping;
import dev.parallax.optim.Optimizer;
import dev.parallax.optim.Schedule;
import dev.parallax.optim.Sgd;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Trains a model: batches of like length, shards over threads, clipping, an optimiser, a schedule, early
/// stopping on the validation part. The test part is nowhere in sight.
///
/// A run is a pure function of the model's start, the settings and the examples: the same on any number of
/// threads, and the same whether it was interrupted and resumed or not.
public final class Trainer {

    /// Told how training goes, on the caller's thread.
    public interface Listener {
        /// Something that people should know, said once.
        default void note(String line) {}

        /// A stage of several begins; what follows belongs to it.
        ///
        /// @param name   of the stage, the start of each line about it; empty for the last
        /// @param epochs the most it will have
        default void stageBegins(String name, int epochs) {}

        /// After each step.
        default void stepEnded(int epoch, int step, int stepsOfEpoch) {}

        /// After each epoch; `best` says whether it is the best so far.
        default void epochEnded(EpochResult result, boolean best) {}
    }

    private static final String AUDIO = "audio."; // what the names of a modality's parameters begin with
    private static final String TEXT = "text.";

    private final Model model;
    private final TrainingConfig config;
    private final Examples train;
    private final Examples validation;
    private final Workers workers;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final LengthBuckets buckets;
    private final ShardedStep step;
    private final int labelled;
    private final Buffer bestValues;
    private final List<EpochResult> history = new ArrayList<>();

    /// @param model      starts from its present weights and is changed
    /// @param train      learned from
    /// @param validation chooses the best epoch; may be empty, then the last epoch is kept
    public Trainer(Model model, TrainingConfig config, Examples train, Examples validation, Workers workers) {
        if (train.size() == 0) {
            throw new BadInputException("training: there is no utterance to learn from");
        }
        this.model = model;
        this.config = config;
        this.train = train;
        this.validation = validation;
        this.workers = workers;
        this.optimizer = switch (config.optimizer()) {
            case "sgd" -> new Sgd(model.parameters(), 0.9, false, config.weightDecay());
            case "adam" -> new Adam(model.parameters(), config.weightDecay(), false);
            default -> new Adam(model.parameters(), config.weightDecay(), true);
        };
        this.schedule = switch (config.schedule()) {
            case "constant" -> new Schedule.Constant(config.learningRate());
            case "plateau" ->
                new Schedule.ReduceOnPlateau(config.learningRate(), 0.5, Math.max(1, config.patience() / 2));
            default ->
                new Schedule.WarmUpCosine(
                        config.learningRate(), Math.min(config.warmUp(), config.epochs() / 2.0), config.epochs());
        };
        int[] lengths = IntStream.range(0, train.size()).map(train::length).toArray();
        this.buckets = new LengthBuckets(lengths, config.batchSize(), config.seed());
        this.labelled = ShardedStep.labelled(train, all(train));
        PerspectiveLoss loss = new PerspectiveLoss(
                config.perspectives(),
                (float) config.alpha(),
                (float) config.beta(),
                ClassWeights.criteria(train, model.labels().size(), config),
                config.onProbabilities());
        this.step = new ShardedStep(model, loss, config.seed(), config.shardSize(), config.sum(), workers);
        this.bestValues = model.backend().allocate(model.parameters().size());
        keepBest();
    }

    private static int[] all(Examples examples) {
        return IntStream.range(0, examples.size()).toArray();
    }

    /// Trains until the epochs are over or the validation score has not risen for `patience` epochs; then the
    /// model has the weights of its best epoch.
    public void run(Listener listener) {
        while (!isDone()) {
            EpochResult result = runEpoch(listener);
            history.add(result);
            boolean best = bestEpoch() == result.epoch();
            if (best) {
                keepBest();
            }
            listener.epochEnded(result, best);
        }
        model.backend().copy(bestValues, model.parameters().values());
    }

    private boolean isDone() {
        return history.size() >= config.epochs()
                || (validation.size() > 0 && history.size() - bestEpoch() >= config.patience());
    }

    private void keepBest() {
        model.backend().copy(model.parameters().values(), bestValues);
    }

    private EpochResult runEpoch(Listener listener) {
        int epoch = history.size();
        List<int[]> batches = buckets.epoch(epoch);
        List<Double> scores = history.stream().map(EpochResult::score).toList();
        Backend backend = model.backend();
        double[] norms = new double[3];
        double[] losses = new double[4];
        double rate = 0;
        for (int b = 0; b < batches.size(); b++) {
            ShardedStep.Loss loss = step.run(train, batches.get(b), optimizer.steps());
            norms[1] += norm(AUDIO) / batches.size();
            norms[2] += norm(TEXT) / batches.size();
            norms[0] += Clipping.byNorm(backend, step.gradient(), config.clipNorm()) / batches.size();
            rate = schedule.rate(epoch + (b + 1.0) / batches.size(), scores);
            optimizer.step(step.gradient(), rate);
            double share = (config.sum() ? 1.0 : ShardedStep.labelled(train, batches.get(b))) / labelled;
            losses[0] += share * loss.total();
            losses[1] += share * loss.fused();
            losses[2] += share * loss.audio();
            losses[3] += share * loss.text();
            listener.stepEnded(epoch + 1, b + 1, batches.size());
        }
        return validated(epoch + 1, rate, norms, losses);
    }

    /// The norm of the gradient of the parameters of one modality, NaN where the model does not read it.
    private double norm(String modality) {
        Buffer part = model.parameters().slice(step.gradient(), modality);
        return part == null ? Double.NaN : Math.sqrt(model.backend().sumOfSquares(part));
    }

    /// @param norms  of the gradient: of all parameters, of those of audio, of those of text
    /// @param losses total, fused, of audio, of text
    private EpochResult validated(int epoch, double rate, double[] norms, double[] losses) {
        double valLoss = Double.NaN;
        double score = epoch; // without a validation part the last epoch is the best
        double audioLogits = Double.NaN;
        double textLogits = Double.NaN;
        Map<Outputs.View, Double> accuracies = new EnumMap<>(Outputs.View.class);
        if (validation.size() > 0) {
            Outputs outputs = Outputs.of(model, validation, config.shardSize(), workers);
            audioLogits = LogitNorm.of(outputs.rows(Outputs.View.AUDIO));
            textLogits = LogitNorm.of(outputs.rows(Outputs.View.TEXT));
            for (Outputs.View view : Outputs.View.values()) {
                Scores scores = Scores.of(outputs, view, 1);
                if (scores != null) {
                    accuracies.put(view, scores.metrics().unweightedAccuracy());
                }
                if (scores != null && view == Outputs.View.DECISION) {
                    valLoss = scores.calibration().negativeLogLikelihood();
                    score = scores.metrics().unweightedAccuracy() - TIE_BREAK * valLoss;
                }
            }
        }
        return new EpochResult(
                epoch,
                rate,
                norms[0],
                losses[0],
                losses[1],
                losses[2],
                losses[3],
                valLoss,
                accuracies.getOrDefault(Outputs.View.DECISION, Double.NaN),
                accuracies.getOrDefault(Outputs.View.FUSED, Double.NaN),
                accuracies.getOrDefault(Outputs.View.AUDIO, Double.NaN),
                accuracies.getOrDefault(Outputs.View.TEXT, Double.NaN),
                score,
                norms[1],
                norms[2],
                audioLogits,
                textLogits);
    }

    /// How much of the validation loss counts beside its unweighted accuracy: enough to order equal accuracies,
    /// which small validation parts have often.
    private static final double TIE_BREAK = 0.05;

    /// Every finished epoch.
    public List<EpochResult> history() {
        return List.copyOf(history);
    }

    /// The epoch with the best validation score, from 1; 0 before the first. Of equal ones the earlier.
    public int bestEpoch() {
        int best = 0;
        for (EpochResult result : history) {
            if (best == 0 || result.score() > history.get(best - 1).score()) {
                best = result.epoch();
            }
        }
        return best;
    }

    /// The optimiser, for checkpoints.
    Optimizer optimizer() {
        return optimizer;
    }

    /// The weights of the best epoch, for checkpoints.
    Buffer bestValues() {
        return bestValues;
    }

    /// Continues where a checkpoint was written; its buffers have been filled.
    void resume(List<EpochResult> past, int steps) {
        history.clear();
        history.addAll(past);
        optimizer.resumeAt(steps);
    }

    /// The result of the best epoch, or null before the first.
    public @Nullable EpochResult best() {
        return bestEpoch() == 0 ? null : history.get(bestEpoch() - 1);
    }
}
