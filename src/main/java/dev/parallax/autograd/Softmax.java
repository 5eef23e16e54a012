package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;

/// Softmax of every row: y = exp(x) / sum of the row's exp(x).
/// shapes: x [rows, columns] -> y [rows, columns].   backward: dx += y · (dy - sum of the row's y · dy).
/// saves: nothing beside y.
public record Softmax() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("softmax", 1, in);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        double[] y = new LogSoftmax().reference(shapes, in);
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.exp(y[i]);
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.softmax(frame.in(0), frame.inShape(0).rows(), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.softmaxGradAdd(frame.out(), frame.outGrad(), frame.inShape(0).rows(), frame.inGrad(0));
    }
}
