package dev.parallax.train;

import dev.parallax.BackendException;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.Model;
import dev.parallax.nn.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The logits of a model for many examples, from each perspective: row i belongs to utterance i and is null where
/// the utterance lacks what the perspective needs. On request, the encoders' pooled rows too.
public final class Outputs {

    private final int classes;
    private final int[] labels;
    private final Perspectives<double[] @Nullable []> logits;
    private final double[] @Nullable [] audioVectors;
    private final double[] @Nullable [] textVectors;

    private Outputs(int classes, int[] labels) {
        this.classes = classes;
        this.labels = labels;
        this.logits = Perspectives.of(_ -> new double[labels.length][]);
        this.audioVectors = new double[labels.length][];
        this.textVectors = new double[labels.length][];
    }

    /// Runs the model over all examples, shard by shard. An utterance in several parts gets the mean of their logits.
    ///
    /// @param shardSize examples that are computed together; the result of one does not depend on it
    public static Outputs of(Model model, Examples examples, int shardSize, Workers workers) {
        return of(model, examples, shardSize, workers, false);
    }

    /// The same with the encoders' pooled rows ([#vectors]).
    static Outputs withVectors(Model model, Examples examples, int shardSize, Workers workers) {
        return of(model, examples, shardSize, workers, true);
    }

    private static Outputs of(Model model, Examples examples, int shardSize, Workers workers, boolean withVectors) {
        int[] firstRows = new int[examples.size() + 1];
        IntStream.Builder labels = IntStream.builder();
        IntStream.Builder utterances = IntStream.builder();
        for (int i = 0; i < examples.size(); i++) {
            int[] its = examples.labels(i);
            firstRows[i + 1] = firstRows[i] + its.length;
            for (int row = 0; row < its.length; row++) {
                labels.add(its[row]);
                utterances.add(examples.utterance(i) + row);
            }
        }
        Outputs parts = new Outputs(model.labels().size(), labels.build().toArray());
        int shards = (examples.size() + shardSize - 1) / shardSize;
        workers.forEach(shards, shard -> {
            int from = shard * shardSize;
            int to = Math.min(from + shardSize, examples.size());
            try (Tape tape = new Tape(model.backend())) {
                FusedLogits logits = examples.shard(IntStream.range(from, to).toArray())
                        .forward(Pass.inference(tape, model.parameters()));
                parts.put(firstRows[from], logits);
                if (withVectors) {
                    parts.putVectors(firstRows[from], logits);
                }
            } catch (BackendException e) { // such as one that has no memory left
                throw new BackendException(
                        "answers: examples " + (from + 1) + " to " + to + " of " + examples.size() + ": "
                                + e.getMessage(),
                        e);
            }
        });
        return parts.joined(utterances.build().toArray());
    }

    /// From parts to utterances.
    ///
    /// @param ofRow the utterance of each row, rising
    private Outputs joined(int... ofRow) {
        int utterances = ofRow.length == 0 ? 0 : ofRow[ofRow.length - 1] + 1;
        if (utterances == labels.length) {
            return this;
        }
        Outputs whole = new Outputs(classes, new int[utterances]);
        for (int i = 0; i < labels.length; i++) {
            whole.labels[ofRow[i]] = labels[i];
        }
        Perspectives.VIEWS.forEach(view -> mean(logits.get(view), ofRow, whole.logits.get(view)));
        mean(audioVectors, ofRow, whole.audioVectors);
        mean(textVectors, ofRow, whole.textVectors);
        return whole;
    }

    private static void mean(double[] @Nullable [] parts, int[] ofRow, double[] @Nullable [] out) {
        int[] counts = new int[out.length];
        for (int i = 0; i < parts.length; i++) {
            double[] part = parts[i];
            if (part == null) {
                continue;
            }
            int to = ofRow[i];
            counts[to]++;
            double[] mean = out[to];
            if (mean == null) {
                out[to] = part.clone();
                continue;
            }
            for (int c = 0; c < mean.length; c++) {
                mean[c] += (part[c] - mean[c]) / counts[to];
            }
        }
    }

    private void put(int from, FusedLogits said) {
        for (View view : Perspectives.VIEWS) {
            put(from, said.logits(view), said.owners(view), logits.get(view));
        }
    }

    private void putVectors(int from, FusedLogits logits) {
        Perspective fromAudio = logits.audio();
        if (fromAudio != null) {
            put(from, fromAudio.pooled(), fromAudio.owners(), audioVectors);
        }
        Perspective fromText = logits.text();
        if (fromText != null) {
            put(from, fromText.pooled(), fromText.owners(), textVectors);
        }
    }

    private static void put(int from, @Nullable Variable x, int[] owners, double[] @Nullable [] rows) {
        if (x == null) {
            return;
        }
        float[] values = x.value().toArray();
        int columns = x.shape().columns();
        for (int i = 0; i < owners.length; i++) {
            double[] row = new double[columns];
            for (int c = 0; c < columns; c++) {
                row[c] = values[i * columns + c];
            }
            rows[from + owners[i]] = row;
        }
    }

    /// The encoders' output for utterance `i`: the pooled row of each modality, the mean over its parts; null where
    /// nothing was read.
    ///
    /// @return what [#withVectors] collected
    public @Nullable Vectors vectors(int i) {
        float[] heard = floats(audioVectors[i]);
        float[] read = floats(textVectors[i]);
        return heard == null && read == null ? null : new Vectors(heard, read);
    }

    private static float @Nullable [] floats(double @Nullable [] row) {
        if (row == null) {
            return null;
        }
        float[] values = new float[row.length];
        for (int c = 0; c < values.length; c++) {
            values[c] = (float) row[c];
        }
        return values;
    }

    /// Number of utterances.
    public int size() {
        return labels.length;
    }

    /// Number of classes.
    public int classes() {
        return classes;
    }

    /// The class of utterance `i`, -1 where it is not known.
    public int label(int i) {
        return labels[i];
    }

    /// The logits of utterance `i` in a view, or null.
    public double @Nullable [] logits(View view, int i) {
        if (view != View.DECISION) {
            return logits.get(view)[i];
        }
        double[] fused = logits.fused()[i];
        double[] audio = logits.audio()[i];
        return fused != null ? fused : audio != null ? audio : logits.text()[i];
    }

    /// The examples that have logits in a view and a known class, in order.
    public int[] members(View view) {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] >= 0 && logits(view, i) != null)
                .toArray();
    }

    /// The logits of [#members].
    public double[][] rows(View view) {
        List<double[]> rows = new ArrayList<>();
        for (int i : members(view)) {
            double[] row = logits(view, i);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows.toArray(new double[0][]);
    }

    /// The classes of [#members].
    public int[] truth(View view) {
        return IntStream.of(members(view)).map(i -> labels[i]).toArray();
    }
}
