package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.PositionBias;
import dev.parallax.tensor.Shape;

/// Self-attention with a bias by position, per head: y = (mask · softmax(S)) V with S[t, j] = q_t · k_j / sqrt(d) +
/// gate[t, h] · table[reach + j - t, h], without the second term where t < free or j < free ([PositionBias]).
/// shapes: Q, K, V [rows, D], table [2 · reach + 1, heads], gate [rows, heads] -> y [rows, D].
/// backward: see [Backend#biasedAttentionGradAdd].   saves: the log-sum-exp of each query row and head.
public record BiasedAttention(AttentionSizes sizes, DropoutMask mask, int reach, int free) implements SavingOp {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("biasedAttention", 5, in);
        if (!sizes.queries().equals(sizes.keys())) {
            throw new ShapeException("biasedAttention: queries and keys are not rows of the same sequences: "
                    + sizes.queries() + " and " + sizes.keys() + "; distances need rows of one sequence");
        }
        if (reach < sizes.queries().longest() - 1 || free < 0) {
            throw new ShapeException("biasedAttention: reach " + reach + ", free " + free
                    + ": the first must be at least " + (sizes.queries().longest() - 1)
                    + ", the largest distance in a sequence, the last at least 0");
        }
        Attention.requireRows("biasedAttention", sizes, in);
        Op.requireShape("biasedAttention", "table", in[3], 2 * reach + 1, sizes.heads());
        Op.requireShape("biasedAttention", "gate", in[4], sizes.queries().total(), sizes.heads());
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return reference(new double[savedShape(shapes).count()], in);
    }

    @Override
    public Shape savedShape(Shape... in) {
        return Shape.of(sizes.queries().total(), sizes.heads());
    }

    @Override
    public double[] savedReference(Shape[] shapes, double[]... in) {
        double[] logSumExp = new double[savedShape(shapes).count()];
        reference(logSumExp, in);
        return logSumExp;
    }

    private double[] reference(double[] logSumExp, double[]... in) {
        Attention.Bias bias = (row, t, j, head) -> bias(row, t, j, head, in[3], in[4]);
        return Attention.reference(sizes, mask, bias, logSumExp, in);
    }

    private double bias(int row, int t, int j, int head, double[] table, double[] gate) {
        int heads = sizes.heads();
        return t < free || j < free ? 0 : gate[row * heads + head] * table[(reach + j - t) * heads + head];
    }

    private PositionBias positions(Frame frame) {
        return new PositionBias(frame.in(3), frame.in(4), reach, free);
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        Buffer logSumExp = frame.save(sizes.queries().total() * sizes.heads());
        backend.biasedAttention(
                sizes, frame.in(0), frame.in(1), frame.in(2), positions(frame), mask, logSumExp, frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.biasedAttentionGradAdd(
                sizes,
                frame.in(0),
                frame.in(1),
                frame.in(2),
                positions(frame),
                mask,
                frame.saved(0),
                frame.out(),
                frame.outGrad(),
                frame.inGrad(0),
                frame.inGrad(1),
                frame.inGrad(2),
                frame.inGrad(3),
                frame.inGrad(4));
    }
}
