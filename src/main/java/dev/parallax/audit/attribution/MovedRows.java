package dev.parallax.audit.attribution;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Buffer;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.InputRows;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows that a network reads, moved along the straight line from their baseline b to what they are, x: at a point
/// t they are b + t (x - b). The gradients at these points are added up here.
final class MovedRows {

    private final View view;
    private final Baseline baseline;
    private final Map<Modality, float[]> inputs = new EnumMap<>(Modality.class); // x, of those that are moved
    private final Map<Modality, float[]> baselines = new EnumMap<>(Modality.class); // b
    private final Map<Modality, Integer> columns = new EnumMap<>(Modality.class);
    private final Map<Modality, double[]> gradients = new EnumMap<>(Modality.class);

    /// @param view     whose logit is asked about: only what it depends on is moved
    /// @param baseline b
    MovedRows(View view, Baseline baseline) {
        this.view = view;
        this.baseline = baseline;
    }

    /// Where a line begins.
    @FunctionalInterface
    interface Baseline {

        /// Everything is 0.
        Baseline ZERO = (_, x, _) -> new float[x.length];

        /// b of rows x.
        float[] of(Modality modality, float[] x, int columns);

        /// That of what a model of utterances reads, see [IntegratedGradients].
        static Baseline of(EmotionModel model) {
            return (modality, x, columns) -> modality == Modality.AUDIO && model.scaling() == null
                    ? means(x, columns)
                    : ZERO.of(modality, x, columns);
        }

        private static float[] means(float[] x, int columns) {
            double[] mean = new double[columns];
            for (int i = 0; i < x.length; i++) {
                mean[i % columns] += (double) x[i] * columns / x.length;
            }
            float[] b = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                b[i] = (float) mean[i % columns];
            }
            return b;
        }
    }

    /// What a network reads at points of the line, whose copies stand one after the other in a batch.
    ///
    /// @param moved receives the variables by which is differentiated
    InputRows at(Tape tape, double[] points, Map<Modality, Variable> moved) {
        return (modality, rows) -> {
            if (view != View.FUSED && view != modality.view()) {
                return rows;
            }
            Variable input = tape.variable(onLine(tape, modality, rows.value(), points));
            moved.put(modality, input);
            return input;
        };
    }

    private Tensor onLine(Tape tape, Modality modality, Tensor read, double[] points) {
        int width = read.shape().columns();
        columns.put(modality, width);
        float[] x = inputs.computeIfAbsent(modality, _ -> {
            float[] all = read.toArray();
            return Arrays.copyOf(all, all.length / points.length);
        });
        float[] b = baselines.computeIfAbsent(modality, _ -> baseline.of(modality, x, width));
        float[] values = new float[points.length * x.length];
        for (int p = 0; p < points.length; p++) {
            for (int i = 0; i < x.length; i++) {
                values[p * x.length + i] = (float) (b[i] + points[p] * (x[i] - b[i]));
            }
        }
        Buffer room = tape.room(values.length);
        tape.backend().upload(values, room);
        return new Tensor(tape.backend(), Shape.of(values.length / width, width), room);
    }

    /// Adds the gradients of a tape that was walked back.
    void add(Map<Modality, Variable> moved) {
        moved.forEach((modality, variable) -> {
            float[] each = variable.grad().toArray();
            int length = Objects.requireNonNull(inputs.get(modality)).length;
            double[] sum = gradients.computeIfAbsent(modality, _ -> new double[length]);
            for (int i = 0; i < each.length; i++) {
                sum[i % length] += each[i];
            }
        });
    }

    /// What was moved of a modality is worth this; null where the view does not depend on it.
    @Nullable
    Attribution worth(Modality modality) {
        double[] gradient = gradients.get(modality);
        if (gradient == null) {
            return null;
        }
        float[] x = Objects.requireNonNull(inputs.get(modality));
        float[] b = Objects.requireNonNull(baselines.get(modality));
        return Attribution.of(x.length / Objects.requireNonNull(columns.get(modality)), x, b, gradient);
    }
}
