package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// Hyperbolic tangent of every element: y = tanh(x).
/// shapes: x [*] -> y [*].   backward: dx += dy · (1 - y²).   saves: nothing beside y.
public record Tanh() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("tanh", 1, in);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return Arrays.stream(in[0]).map(Math::tanh).toArray();
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.tanh(frame.in(0), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.tanhGradAdd(frame.out(), frame.outGrad(), frame.inGrad(0));
    }
}
