package dev.parallax.benchmarks;

import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.model.Model;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.optim.Adam;
import dev.parallax.train.Examples;
import dev.parallax.train.Reduction;
import dev.parallax.train.ShardedStep;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.Workers;
import java.util.stream.IntStream;

/// Epochs of training like those of [Trainer], step by step, but with batches in the order of the examples. This is
/// the order of the other library ([Peer]), while the trainer puts like lengths together. No clipping, no schedule,
/// no validation, as there.
final class EpochInOrder {

    private final Examples examples;
    private final TrainingConfig config;
    private final Adam optimizer;
    private final PerspectiveLoss loss;
    private final ShardedStep step;

    EpochInOrder(Model model, TrainingConfig config, Examples examples, Workers workers) {
        this.examples = examples;
        this.config = config;
        this.optimizer = new Adam(model.parameters(), config.weightDecay(), false);
        this.loss = new PerspectiveLoss(
                true, 1, 1, CrossEntropyLoss.plain(model.labels().size()));
        this.step = new ShardedStep(model, config.seed(), config.together(model.backend()), Reduction.SUM, workers);
    }

    /// Runs one epoch.
    ///
    /// @return its loss, summed over all utterances
    double run() {
        double sum = 0;
        for (int from = 0; from < examples.size(); from += config.batchSize()) {
            int to = Math.min(examples.size(), from + config.batchSize());
            int[] batch = IntStream.range(from, to).toArray();
            sum += step.run(loss, examples, batch, optimizer.steps()).total();
            optimizer.step(step.gradient(), config.learningRate());
        }
        return sum;
    }
}
