package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;

/// Logarithm of the softmax of every row: y = x - log of the sum of the row's exp(x).
/// shapes: x [rows, columns] -> y [rows, columns].   backward: dx += dy - exp(y) · sum of the row's dy.
/// saves: nothing beside y.
public record LogSoftmax() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("logSoftmax", 1, in);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int columns = shapes[0].columns();
        double[] y = in[0].clone();
        for (int from = 0; from < y.length; from += columns) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += Math.exp(in[0][from + c]);
            }
            for (int c = 0; c < columns; c++) {
                y[from + c] -= Math.log(sum);
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.logSoftmax(frame.in(0), frame.inShape(0).rows(), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.logSoftmaxGradAdd(frame.out(), frame.outGrad(), frame.inShape(0).rows(), frame.inGrad(0));
    }
}
