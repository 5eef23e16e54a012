package dev.parallax.audit.attribution;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Buffer;
import dev.parallax.data.Example;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.model.EmotionModel;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The straight line from the baseline of an utterance to its input, which [IntegratedGradients] goes along: logits and
/// gradients at its points, several of them side by side in a batch.
final class InputLine {

    private static final int AT_ONCE = 16; // points side by side

    private final EmotionModel model;
    private final Example example;
    private final View view;
    private final int label;
    private final Map<Modality, float[]> inputs = new EnumMap<>(Modality.class); // x, of those that are moved
    private final Map<Modality, float[]> baselines = new EnumMap<>(Modality.class); // b

    InputLine(EmotionModel model, Example example, View view, int label) {
        this.model = model;
        this.example = example;
        this.view = view;
        this.label = label;
    }

    /// z_c at points of the line.
    double[] logits(double... at) {
        double[] z = new double[at.length];
        try (Tape tape = new Tape(model.backend())) {
            float[] rows = requireLogits(forward(tape, at, new EnumMap<>(Modality.class)))
                    .value()
                    .toArray();
            int classes = rows.length / at.length;
            for (int i = 0; i < at.length; i++) {
                z[i] = rows[i * classes + label];
            }
        }
        return z;
    }

    /// The attributions of what the view depends on.
    Map<Modality, Attribution> integrate(GaussLegendre rule) {
        Map<Modality, double[]> gradients = new EnumMap<>(Modality.class);
        for (int from = 0; from < rule.nodes().length; from += AT_ONCE) {
            int to = Math.min(rule.nodes().length, from + AT_ONCE);
            add(Arrays.copyOfRange(rule.nodes(), from, to), Arrays.copyOfRange(rule.weights(), from, to), gradients);
        }
        Map<Modality, Attribution> found = new EnumMap<>(Modality.class);
        gradients.forEach((modality, gradient) -> {
            float[] x = Objects.requireNonNull(inputs.get(modality));
            float[] b = Objects.requireNonNull(baselines.get(modality));
            int rows = modality == Modality.AUDIO
                    ? Objects.requireNonNull(example.frames()).length
                            / model.config().frameSize()
                    : Objects.requireNonNull(example.tokens()).count();
            found.put(modality, Attribution.of(rows, x, b, gradient));
        });
        return found;
    }

    /// Adds the weighted gradients at some points.
    private void add(double[] at, double[] weights, Map<Modality, double[]> gradients) {
        try (Tape tape = new Tape(model.backend())) {
            Map<Modality, Variable> moved = new EnumMap<>(Modality.class);
            Variable z = requireLogits(forward(tape, at, moved));
            int classes = z.shape().columns();
            float[] cotangent = new float[at.length * classes];
            for (int i = 0; i < at.length; i++) {
                cotangent[i * classes + label] = (float) weights[i];
            }
            tape.backward(z, Tensor.of(model.backend(), z.shape(), cotangent));
            moved.forEach((modality, variable) -> {
                float[] each = variable.grad().toArray();
                double[] sum = gradients.computeIfAbsent(modality, _ -> new double[each.length / at.length]);
                for (int i = 0; i < each.length; i++) {
                    sum[i % sum.length] += each[i];
                }
            });
        }
    }

    private Variable requireLogits(FusedLogits logits) {
        return Objects.requireNonNull(logits.logits(view), "the view has no logits");
    }

    /// The network at points of the line, side by side in a batch.
    private FusedLogits forward(Tape tape, double[] at, Map<Modality, Variable> moved) {
        Pass pass = Pass.inference(tape, model.parameters());
        List<Example> copies = Collections.nCopies(at.length, example);
        return model.forward(pass, copies, (modality, rows) -> {
            if (view != View.FUSED && view != modality.view()) {
                return rows;
            }
            Variable input = tape.variable(onLine(tape, modality, rows.value(), at));
            moved.put(modality, input);
            return input;
        });
    }

    private Tensor onLine(Tape tape, Modality modality, Tensor read, double[] at) {
        float[] x = inputs.computeIfAbsent(modality, _ -> {
            float[] all = read.toArray();
            return Arrays.copyOf(all, all.length / at.length);
        });
        int columns = read.shape().columns();
        float[] b = baselines.computeIfAbsent(modality, _ -> baseline(modality, x, columns));
        float[] points = new float[at.length * x.length];
        for (int p = 0; p < at.length; p++) {
            for (int i = 0; i < x.length; i++) {
                points[p * x.length + i] = (float) (b[i] + at[p] * (x[i] - b[i]));
            }
        }
        Buffer room = tape.room(points.length);
        model.backend().upload(points, room);
        return new Tensor(model.backend(), Shape.of(points.length / columns, columns), room);
    }

    private float[] baseline(Modality modality, float[] x, int columns) {
        float[] b = new float[x.length];
        if (modality == Modality.AUDIO && model.scaling() == null) {
            double[] mean = new double[columns];
            for (int i = 0; i < x.length; i++) {
                mean[i % columns] += (double) x[i] * columns / x.length;
            }
            for (int i = 0; i < x.length; i++) {
                b[i] = (float) mean[i % columns];
            }
        }
        return b;
    }
}
