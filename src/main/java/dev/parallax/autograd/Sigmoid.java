package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// Logistic function of every element: y = 1 / (1 + exp(-x)).
/// shapes: x [*] -> y [*].   backward: dx += dy · y · (1 - y).   saves: nothing beside y.
public record Sigmoid() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("sigmoid", 1, in);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return Arrays.stream(in[0]).map(x -> 1 / (1 + Math.exp(-x))).toArray();
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.sigmoid(frame.in(0), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.sigmoidGradAdd(frame.out(), frame.outGrad(), frame.inGrad(0));
    }
}
