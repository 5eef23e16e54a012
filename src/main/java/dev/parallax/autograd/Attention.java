package dev.parallax.autograd;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.tensor.Shape;

/// Scaled dot-product attention over a ragged batch, per head: y = (mask · softmax(Q Kᵀ / sqrt(d))) V. In causal
/// attention a row has scores only with the keys up to its own.
/// shapes: Q [queries, D], K [keys, D], V [keys, D] -> y [queries, D].
/// backward: see [Backend#attentionGradAdd].   saves: the log-sum-exp of each query row and head.
public record Attention(AttentionSizes sizes, DropoutMask mask) implements SavingOp {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("attention", 3, in);
        requireRows("attention", sizes, in);
        return in[0];
    }

    static void requireRows(String op, AttentionSizes sizes, Shape... in) {
        Op.requireShape(op, "query", in[0], sizes.queries().total(), sizes.width());
        Op.requireShape(op, "key", in[1], sizes.keys().total(), sizes.width());
        Op.requireShape(op, "value", in[2], sizes.keys().total(), sizes.width());
    }

    @Override
    public Shape savedShape(Shape... in) {
        return Shape.of(sizes.queries().total(), sizes.heads());
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return reference(
                sizes, mask, (_, _, _, _) -> 0, new double[savedShape(shapes).count()], in);
    }

    @Override
    public double[] savedReference(Shape[] shapes, double[]... in) {
        double[] logSumExp = new double[savedShape(shapes).count()];
        reference(sizes, mask, (_, _, _, _) -> 0, logSumExp, in);
        return logSumExp;
    }

    /// What is added to the score of query t, which is row `row` of the batch, and key j.
    interface Bias {
        double of(int row, int t, int j, int head);
    }

    /// The result.
    ///
    /// @param logSumExp receives log Σ_j exp(S_ij) [rows, heads]
    static double[] reference(AttentionSizes sizes, DropoutMask mask, Bias bias, double[] logSumExp, double[]... in) {
        double[] y = new double[in[0].length];
        for (int i = 0; i < sizes.queries().count(); i++) {
            for (int t = 0; t < sizes.queries().length(i); t++) {
                for (int head = 0; head < sizes.heads(); head++) {
                    int at = (sizes.queries().start(i) + t) * sizes.heads() + head;
                    logSumExp[at] = addRow(sizes, mask, bias, i, t, head, in, y);
                }
            }
        }
        return y;
    }

    /// Adds the result of query row `t` of sequence `i` for one head.
    ///
    /// @return log Σ_j exp(S_tj)
    private static double addRow(
            AttentionSizes sizes, DropoutMask mask, Bias bias, int i, int t, int head, double[][] in, double[] y) {
        int d = sizes.headWidth();
        int keys = sizes.keysRead(i, t);
        int query = (sizes.queries().start(i) + t) * sizes.width() + head * d;
        int firstKey = sizes.keys().start(i) * sizes.width() + head * d;
        float[] factors = new float[keys];
        mask.row(i, t * sizes.heads() + head, keys, factors, new int[4]);
        double[] weights = new double[keys];
        double sum = 0;
        for (int j = 0; j < keys; j++) {
            double score = 0;
            for (int c = 0; c < d; c++) {
                score += in[0][query + c] * in[1][firstKey + j * sizes.width() + c];
            }
            weights[j] = Math.exp(score / Math.sqrt(d) + bias.of(sizes.queries().start(i) + t, t, j, head));
            sum += weights[j];
        }
        for (int j = 0; j < keys; j++) {
            for (int c = 0; c < d; c++) {
                y[query + c] += factors[j] * weights[j] / sum * in[2][firstKey + j * sizes.width() + c];
            }
        }
        return Math.log(sum);
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        Buffer logSumExp = frame.save(sizes.queries().total() * sizes.heads());
        backend.attention(sizes, frame.in(0), frame.in(1), frame.in(2), mask, logSumExp, frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.attentionGradAdd(
                sizes,
                frame.in(0),
                frame.in(1),
                frame.in(2),
                mask,
                frame.saved(0),
                frame.out(),
                frame.outGrad(),
                frame.inGrad(0),
                frame.inGrad(1),
                frame.inGrad(2));
    }
}
