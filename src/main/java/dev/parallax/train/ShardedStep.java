package dev.parallax.train;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.Model;
import dev.parallax.nn.Pass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The gradient of one batch, computed shard by shard. Each shard has a tape and a gradient of its own; the
/// gradients are added in the order of the shards. So the sum is the same, bit for bit, on any number of threads.
public final class ShardedStep implements AutoCloseable {

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
    private final long seed;
    private final int shardSize;
    private final Reduction reduction;
    private final Workers workers;
    private final boolean comparing;
    private final @Nullable GradientClipping clipping;
    private Contributions contributions = Contributions.NONE;
    private GradientNorms norms = GradientNorms.ZERO;
    private final Memory memory;
    private final List<Tape> tapes = new ArrayList<>();
    private final List<Buffer> gradients = new ArrayList<>();

    /// @param seed      of dropouts and masks
    /// @param shardSize examples a shard, at least 1
    public ShardedStep(Model model, long seed, int shardSize, Reduction reduction, Workers workers) {
        this(model, seed, shardSize, reduction, workers, false, null);
    }

    /// @param comparing whether [#contributions] are measured
    /// @param clipping  clips the gradient of each step and measures its norms; null leaves it as it is
    ShardedStep(
            Model model,
            long seed,
            int shardSize,
            Reduction reduction,
            Workers workers,
            boolean comparing,
            @Nullable GradientClipping clipping) {
        this.comparing = comparing;
        this.clipping = clipping;
        this.model = model;
        this.seed = seed;
        this.shardSize = shardSize;
        this.reduction = reduction;
        this.workers = workers;
        this.memory = model.backend().memory();
    }

    /// What a shard has computed, of which nothing is read yet.
    private record Shard(Readings readings, Supplier<Loss> loss, Supplier<Contributions> contributions) {}

    /// Computes the gradient; [#gradient] holds it until the next call. A device is waited for once.
    ///
    /// @param loss  that is differentiated
    /// @param batch numbers of its examples
    /// @param step  the training step, from 0: part of the key of every dropout and mask
    public Loss run(PerspectiveLoss loss, Examples examples, int[] batch, int step) {
        int shards = Math.ceilDiv(batch.length, shardSize);
        int[] firstOrdinals = firstOrdinals(examples, batch);
        float scale = reduction.scale(labelled(examples, batch));
        Shard[] parts = new Shard[shards];
        inBatch(step, batch, () -> {
            makeRoom(shards);
            workers.forEach(shards, shard -> {
                int from = shard * shardSize;
                int[] some = Arrays.copyOfRange(batch, from, Math.min(from + shardSize, batch.length));
                Pass pass = pass(shard, step, firstOrdinals[shard]);
                FusedLogits logits = examples.trainingShard(step, some).forward(pass);
                parts[shard] = differentiated(pass, loss, logits, scale, labels(examples, some));
            });
            for (int shard = 1; shard < shards; shard++) {
                model.backend().scaleAdd(1, gradients.get(shard), gradients.getFirst());
            }
            read(parts);
        });
        Loss whole = parts[0].loss.get();
        contributions = parts[0].contributions.get();
        for (int shard = 1; shard < shards; shard++) {
            whole = whole.plus(parts[shard].loss.get());
            contributions = contributions.plus(parts[shard].contributions.get());
        }
        if (!Double.isFinite(whole.total)) {
            throw new BadInputException("training: the loss became " + whole.total + " at step " + (step + 1)
                    + "; lower the learning rate or clip gradients (learningRate, clipNorm)");
        }
        return whole;
    }

    /// Says in which batch a backend failed, such as one that has no memory left.
    private static void inBatch(int step, int[] batch, Runnable work) {
        try {
            work.run();
        } catch (BackendException e) {
            throw new BackendException(
                    "training: step " + (step + 1) + ", a batch of " + batch.length + " examples: " + e.getMessage(),
                    e);
        }
    }

    /// Of each shard the number of its first utterance in the whole batch.
    private int[] firstOrdinals(Examples examples, int... batch) {
        int[] firstOrdinals = new int[Math.ceilDiv(batch.length, shardSize)];
        int utterances = 0;
        for (int i = 0; i < batch.length; i++) {
            if (i % shardSize == 0) {
                firstOrdinals[i / shardSize] = utterances;
            }
            utterances += examples.labels(batch[i]).length;
        }
        return firstOrdinals;
    }

    private void makeRoom(int shards) {
        while (gradients.size() < shards) {
            gradients.add(memory.allocate(model.parameters().trainableSize()));
            tapes.add(new Tape(model.backend()));
        }
    }

    private Pass pass(int shard, int step, int firstOrdinal) {
        Tape tape = tapes.get(shard);
        tape.reset();
        Buffer gradient = gradients.get(shard);
        model.backend().fill(0, gradient);
        return Pass.training(tape, model.parameters(), gradient, seed, step, firstOrdinal);
    }

    private Shard differentiated(Pass pass, PerspectiveLoss loss, FusedLogits logits, float scale, int... labels) {
        PerspectiveLoss.Terms terms = loss.of(pass, logits, labels, scale);
        pass.tape().backward(terms.total());
        Readings readings = new Readings();
        return new Shard(
                readings,
                loss(terms, readings),
                comparing
                        ? Contributions.of(pass.tape(), model.parameters(), logits, readings, labels)
                        : () -> Contributions.NONE);
    }

    /// Clips the gradient, then reads what the shards have computed, and its norms.
    private void read(Shard... parts) {
        Readings first = parts[0].readings;
        int normsAt = clipping == null ? 0 : clipping.clip(gradient(), first);
        for (int shard = 0; shard < parts.length; shard++) {
            parts[shard].readings.read(tapes.get(shard));
        }
        norms = clipping == null ? GradientNorms.ZERO : clipping.read(first.values(), normsAt);
    }

    /// @param readings receives the terms
    /// @return what makes the loss of them, once they are read
    private static Supplier<Loss> loss(PerspectiveLoss.Terms terms, Readings readings) {
        int total = readings.add(terms.total().value().buffer());
        Map<View, Integer> places = new EnumMap<>(View.class);
        for (View view : Perspectives.VIEWS) {
            Variable term = terms.each().get(view);
            if (term != null) {
                places.put(view, readings.add(term.value().buffer()));
            }
        }
        return () -> {
            float[] values = readings.values();
            return new Loss(values[total], Perspectives.of(view -> {
                Integer place = places.get(view);
                return place == null ? 0.0 : values[place];
            }));
        };
    }

    private static int[] labels(Examples examples, int... some) {
        return Arrays.stream(some)
                .flatMap(i -> IntStream.of(examples.labels(i)))
                .toArray();
    }

    /// How many utterances of some examples have a label.
    static int labelled(Examples examples, int... some) {
        return (int)
                IntStream.of(labels(examples, some)).filter(label -> label >= 0).count();
    }

    /// The flat gradient of the last batch.
    public Buffer gradient() {
        return gradients.getFirst();
    }

    /// The norms of that gradient before it was clipped; 0 where nothing clips.
    GradientNorms norms() {
        return norms;
    }

    /// How much each perspective contributed to the fused answers of the last batch.
    Contributions contributions() {
        return contributions;
    }

    @Override
    public void close() {
        tapes.forEach(Tape::close);
        memory.close();
    }
}
