package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// Product with a fixed number: y = factor · x.
/// shapes: x [*] -> y [*].   backward: dx += factor · dy.   saves: nothing.
public record Scale(float factor) implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("scale", 1, in);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return Arrays.stream(in[0]).map(x -> factor * x).toArray();
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.copy(frame.in(0), frame.out());
        backend.scaleInPlace(factor, frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.scaleAdd(factor, frame.outGrad(), frame.inGrad(0));
    }
}
