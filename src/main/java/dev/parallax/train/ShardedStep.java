package dev.parallax.train;

import dev.parallax.ShapeException;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.data.Batch;
import dev.parallax.data.Example;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.model.EmotionModel;
import dev.parallax.nn.Pass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gradient of one batch, computed shard by shard. Each shard has a tape and a gradient of its own; the gradients
/// are added in the order of the shards. So the sum is the same, bit for bit, on any number of threads.
final class ShardedStep {

    /// The loss of a batch, summed over its utterances and divided by their number.
    record Loss(double total, double fused, double audio, double text) {}

    private final EmotionModel model;
    private final PerspectiveLoss loss;
    private final long seed;
    private final int shardSize;
    private final Workers workers;
    private final List<Tape> tapes = new ArrayList<>();
    private final List<Buffer> gradients = new ArrayList<>();

    ShardedStep(EmotionModel model, PerspectiveLoss loss, long seed, int shardSize, Workers workers) {
        this.model = model;
        this.loss = loss;
        this.seed = seed;
        this.shardSize = shardSize;
        this.workers = workers;
    }

    /// Computes the gradient; [#gradient] holds it until the next call.
    ///
    /// @param step the training step, from 0: part of the key of every dropout
    Loss run(List<Example> examples, int step) {
        int shards = (examples.size() + shardSize - 1) / shardSize;
        while (tapes.size() < shards) {
            tapes.add(new Tape(model.backend()));
            gradients.add(model.backend().allocate(model.parameters().size()));
        }
        float scale = 1f / examples.size();
        Loss[] losses = new Loss[shards];
        workers.forEach(shards, shard -> {
            int from = shard * shardSize;
            List<Example> some = examples.subList(from, Math.min(from + shardSize, examples.size()));
            losses[shard] = runShard(shard, some, from, step, scale);
        });
        Backend backend = model.backend();
        Loss sum = losses[0];
        for (int shard = 1; shard < shards; shard++) {
            backend.scaleAdd(1, gradients.get(shard), gradients.getFirst());
            sum = new Loss(
                    sum.total + losses[shard].total,
                    sum.fused + losses[shard].fused,
                    sum.audio + losses[shard].audio,
                    sum.text + losses[shard].text);
        }
        if (!Double.isFinite(sum.total)) {
            throw new ShapeException("training: the loss became " + sum.total + " at step " + (step + 1)
                    + "; lower the learning rate or clip gradients (learningRate, clipNorm)");
        }
        return sum;
    }

    private Loss runShard(int shard, List<Example> examples, int firstOrdinal, int step, float scale) {
        Tape tape = tapes.get(shard);
        tape.reset();
        Buffer gradient = gradients.get(shard);
        model.backend().fill(0, gradient);
        Pass pass = Pass.training(tape, model.parameters(), gradient, seed, step, firstOrdinal);
        Batch batch = model.batch(examples);
        PerspectiveLoss.Terms terms = loss.of(pass, model.forward(pass, batch), batch.labels(), scale);
        tape.backward(terms.total());
        return new Loss(value(terms.total()), value(terms.fused()), value(terms.audio()), value(terms.text()));
    }

    private static double value(@Nullable Variable term) {
        return term == null ? 0 : term.value().toArray()[0];
    }

    /// The flat gradient of the last batch.
    Buffer gradient() {
        return gradients.getFirst();
    }
}
