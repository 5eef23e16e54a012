package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;

/// Affine map of every row: y = x Wᵀ + b; the bias may be left out.
/// shapes: x [rows, in], W [out, in], b [out] -> y [rows, out].
/// backward: dx += dy W, dW += dyᵀ x, db += sum of the rows of dy.   saves: nothing.
public record Affine() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        if (in.length != 3) {
            Op.requireInputs("affine", 2, in);
        }
        Shape x = in[0];
        Shape w = in[1];
        if (x.rank() != 2 || w.rank() != 2) {
            throw new ShapeException(
                    x.rank() != 2
                            ? "affine: x is " + x + ", expected [rows, in]"
                            : "affine: W is " + w + ", expected [out, in]");
        }
        if (x.size(1) != w.size(1)) {
            throw new ShapeException("affine: inner sizes differ: x " + x + " · W " + w + " transposed (" + x.size(1)
                    + " != " + w.size(1) + ")");
        }
        if (in.length == 3 && !in[2].equals(Shape.of(w.size(0)))) {
            throw new ShapeException(
                    "affine: bias " + in[2] + " does not fit W " + w + ": expected [" + w.size(0) + "]");
        }
        return Shape.of(x.size(0), w.size(0));
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int rows = shapes[0].size(0);
        int inner = shapes[0].size(1);
        int columns = shapes[1].size(0);
        double[] y = new double[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double sum = in.length == 3 ? in[2][c] : 0;
                for (int p = 0; p < inner; p++) {
                    sum += in[0][r * inner + p] * in[1][c * inner + p];
                }
                y[r * columns + c] = sum;
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        int rows = frame.inShape(0).size(0);
        int inner = frame.inShape(0).size(1);
        int columns = frame.inShape(1).size(0);
        boolean hasBias = frame.inputs() == 3;
        if (hasBias) {
            backend.broadcastRow(frame.in(2), rows, frame.out());
        }
        backend.gemm(rows, columns, inner, frame.in(0), false, frame.in(1), true, hasBias, frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        int rows = frame.inShape(0).size(0);
        int inner = frame.inShape(0).size(1);
        int columns = frame.inShape(1).size(0);
        if (frame.wantsGrad(0)) {
            backend.gemm(rows, inner, columns, frame.outGrad(), false, frame.in(1), false, true, frame.inGrad(0));
        }
        if (frame.wantsGrad(1)) {
            backend.gemm(columns, inner, rows, frame.outGrad(), true, frame.in(0), false, true, frame.inGrad(1));
        }
        if (frame.inputs() == 3 && frame.wantsGrad(2)) {
            backend.sumRowsAdd(frame.outGrad(), rows, frame.inGrad(2));
        }
    }
}
