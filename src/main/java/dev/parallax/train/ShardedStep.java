package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.fusion.Perspectives;
import dev.parallax.model.Model;
import dev.parallax.nn.Pass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The gradient of one batch, computed shard by shard. Each shard has a tape and a gradient of its own; the
/// gradients are added in the order of the shards. So the sum is the same, bit for bit, on any number of threads.
public final class ShardedStep {

    /// The loss of a batch ([Reduction]), or a mean over batches.
    ///
    /// @param terms of the perspective loss, unweighted; 0 where one takes no part
    public record Loss(double total, Perspectives<Double> terms) {

        static final Loss ZERO = new Loss(0, Perspectives.alike(0.0));

        Loss plus(Loss other) {
            return new Loss(total + other.total, Perspectives.of(view -> terms.get(view) + other.terms.get(view)));
        }

        Loss times(double factor) {
            return new Loss(factor * total, terms.map(term -> factor * term));
        }
    }

    private final Model model;
    private final PerspectiveLoss loss;
    private final long seed;
    private final int shardSize;
    private final Reduction reduction;
    private final Workers workers;
    private final List<Tape> tapes = new ArrayList<>();
    private final List<Buffer> gradients = new ArrayList<>();

    /// @param seed      of dropouts and masks
    /// @param shardSize examples a shard, at least 1
    public ShardedStep(
            Model model, PerspectiveLoss loss, long seed, int shardSize, Reduction reduction, Workers workers) {
        this.model = model;
        this.loss = loss;
        this.seed = seed;
        this.shardSize = shardSize;
        this.reduction = reduction;
        this.workers = workers;
    }

    /// Computes the gradient; [#gradient] holds it until the next call.
    ///
    /// @param batch numbers of its examples
    /// @param step  the training step, from 0: part of the key of every dropout and mask
    public Loss run(Examples examples, int[] batch, int step) {
        int shards = (batch.length + shardSize - 1) / shardSize;
        int[] firstOrdinals = new int[shards]; // of utterances, in the whole batch
        int utterances = 0;
        for (int i = 0; i < batch.length; i++) {
            if (i % shardSize == 0) {
                firstOrdinals[i / shardSize] = utterances;
            }
            utterances += examples.labels(batch[i]).length;
        }
        while (tapes.size() < shards) {
            tapes.add(new Tape(model.backend()));
            gradients.add(model.backend().allocate(model.parameters().size()));
        }
        float scale = reduction.scale(labelled(examples, batch));
        Loss[] losses = new Loss[shards];
        workers.forEach(shards, shard -> {
            int from = shard * shardSize;
            int[] some = Arrays.copyOfRange(batch, from, Math.min(from + shardSize, batch.length));
            losses[shard] = runShard(shard, examples, some, firstOrdinals[shard], step, scale);
        });
        Backend backend = model.backend();
        Loss whole = losses[0];
        for (int shard = 1; shard < shards; shard++) {
            backend.scaleAdd(1, gradients.get(shard), gradients.getFirst());
            whole = whole.plus(losses[shard]);
        }
        if (!Double.isFinite(whole.total)) {
            throw new BadInputException("training: the loss became " + whole.total + " at step " + (step + 1)
                    + "; lower the learning rate or clip gradients (learningRate, clipNorm)");
        }
        return whole;
    }

    private Loss runShard(int shard, Examples examples, int[] some, int firstOrdinal, int step, float scale) {
        Tape tape = tapes.get(shard);
        tape.reset();
        Buffer gradient = gradients.get(shard);
        model.backend().fill(0, gradient);
        Pass pass = Pass.training(tape, model.parameters(), gradient, seed, step, firstOrdinal);
        int[] labels = Arrays.stream(some)
                .flatMap(i -> IntStream.of(examples.labels(i)))
                .toArray();
        FusedLogits logits = examples.trainingShard(step, some).forward(pass);
        PerspectiveLoss.Terms terms = loss.of(pass, logits, labels, scale);
        tape.backward(terms.total());
        return new Loss(value(terms.total()), terms.each().map(ShardedStep::value));
    }

    /// How many utterances of some examples have a label.
    static int labelled(Examples examples, int... some) {
        return (int) Arrays.stream(some)
                .flatMap(i -> IntStream.of(examples.labels(i)))
                .filter(label -> label >= 0)
                .count();
    }

    private static double value(@Nullable Variable term) {
        return term == null ? 0 : term.value().toArray()[0];
    }

    /// The flat gradient of the last batch.
    public Buffer gradient() {
        return gradients.getFirst();
    }
}
