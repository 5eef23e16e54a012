package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// Positive part of every element: y = max(x, 0).
/// shapes: x [*] -> y [*].   backward: dx += dy where y > 0.   saves: nothing beside y.
public record Relu() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("relu", 1, in);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return Arrays.stream(in[0]).map(x -> Math.max(x, 0)).toArray();
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.relu(frame.in(0), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.reluGradAdd(frame.out(), frame.outGrad(), frame.inGrad(0));
    }
}
