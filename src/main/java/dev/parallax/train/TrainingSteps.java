package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.model.Model;
import dev.parallax.model.answer.UnpairedFusion;
import dev.parallax.optim.MovingAverage;
import dev.parallax.optim.Optimizer;
import dev.parallax.optim.Schedule;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The steps of a training: each takes a batch, computes the gradient of the epoch's loss, clips it, and moves the
/// parameters by the optimiser at the scheduled rate; then their moving average follows.
final class TrainingSteps implements AutoCloseable {

    private final TrainingConfig config;
    private final Examples train;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final Batches batches;
    private final ClassCounts counts;
    private final LossSchedule losses;
    private final GradientClipping clipping;
    private final ShardedStep step;
    private final PartialStep partial;
    private final boolean apart; // no training utterance has both modalities: two models side by side
    private final @Nullable MovingAverage average;

    /// @param model starts from its present weights and is changed
    /// @param train the training part
    TrainingSteps(Model model, TrainingConfig config, Examples train, Workers workers) {
        if (train.size() == 0) {
            throw new BadInputException("training: there is no utterance to learn from");
        }
        this.config = config;
        this.train = train;
        this.counts = ClassCounts.of(train, model.labels().size());
        this.apart = counts.isApart();
        if (apart) {
            counts.requireSeparable(model);
        }
        this.optimizer = config.optimizer().of(model.parameters(), config.weightDecay(), config.encoderShare());
        this.schedule = config.schedule().of(config);
        this.batches = new Batches(train, config);
        this.losses = LossSchedule.of(config, model, counts.criteria(config));
        this.clipping = new GradientClipping(model, config.clipNorm(), apart);
        this.step = new ShardedStep(
                model,
                config.seed(),
                config.together(model.backend()),
                config.reduction(),
                workers,
                losses.isModulated(),
                clipping);
        this.partial = new PartialStep(model, optimizer);
        this.average = config.averaging() == 0 ? null : new MovingAverage(model.parameters(), config.averaging());
    }

    /// A note for the user on how several corpora are drawn from; null for one corpus.
    @Nullable
    String note() {
        return batches.note();
    }

    /// Begins an epoch.
    ///
    /// @param epoch from 0
    /// @return the batches of its steps
    List<int[]> begin(int epoch) {
        clipping.beginEpoch();
        if (losses.startsFusing(epoch)) {
            optimizer.restart();
        }
        return batches.epoch(epoch);
    }

    /// What a step has done.
    ///
    /// @param loss   of its batch, before it
    /// @param rate   the learning rate
    /// @param shares of the step that the groups of parameters took
    record Taken(ShardedStep.Loss loss, double rate, PartialStep.Shares shares) {}

    /// Takes a step.
    ///
    /// @param epoch    from 0
    /// @param progress epochs done after it, with fractions
    /// @param improved of each finished epoch, whether it was the best until then
    Taken take(int epoch, double progress, int[] batch, List<Boolean> improved) {
        ShardedStep.Loss loss = step.run(losses.at(epoch), train, batch, optimizer.steps());
        double rate = schedule.rate(progress, improved);
        PartialStep.Shares shares = losses.shares(epoch, step.contributions());
        partial.take(step.gradient(), rate, shares);
        if (average != null) {
            average.update(optimizer.steps());
        }
        return new Taken(loss, rate, shares);
    }

    /// Goes on behind steps that were taken before; the buffers of the optimiser have been filled.
    ///
    /// @param epochs finished
    /// @param steps  taken in them
    void resume(int epochs, int steps) {
        int alone = losses.aloneEpochs();
        optimizer.resumeAt(steps, epochs <= alone ? 0 : stepsOf(alone));
    }

    /// How many steps the first epochs have.
    int stepsOf(int epochs) {
        return IntStream.range(0, epochs)
                .map(epoch -> batches.epoch(epoch).size())
                .sum();
    }

    /// The loss of an epoch.
    PerspectiveLoss loss(int epoch) {
        return losses.at(epoch);
    }

    /// How many epochs, the first ones, train each perspective alone.
    int aloneEpochs() {
        return losses.aloneEpochs();
    }

    /// Whether no training utterance has both modalities: two models side by side.
    boolean apart() {
        return apart;
    }

    /// The gradient of the last step, clipped, and its norms.
    ShardedStep gradient() {
        return step;
    }

    /// The perspectives whose heads the loss has reached in this epoch.
    Set<String> taught() {
        return clipping.taught();
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /// The moving average of the weights; null where there is none.
    @Nullable
    MovingAverage average() {
        return average;
    }

    /// How the perspectives are to be brought together where no training utterance has both; else null.
    @Nullable
    UnpairedFusion unpairedFusion() {
        return apart ? counts.unpairedFusion(config.balance()) : null;
    }

    /// Gives back the memory of the optimiser and of gradients; the model keeps its own.
    @Override
    public void close() {
        optimizer.close();
        step.close();
        clipping.close();
        partial.close();
        if (average != null) {
            average.close();
        }
    }
}
