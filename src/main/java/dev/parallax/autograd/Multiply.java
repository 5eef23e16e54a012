package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;
import java.util.stream.IntStream;

/// Product of two tensors, element by element: z = x · y.
/// shapes: x [*], y [*] -> z [*].   backward: dx += dz · y, dy += dz · x.   saves: nothing.
public record Multiply() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("multiply", 2, in);
        Op.requireSame("multiply", in[0], in[1]);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return IntStream.range(0, in[0].length)
                .mapToDouble(i -> in[0][i] * in[1][i])
                .toArray();
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.multiply(frame.in(0), frame.in(1), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        for (int i = 0; i < 2; i++) {
            if (frame.wantsGrad(i)) {
                backend.multiplyAdd(frame.outGrad(), frame.in(1 - i), frame.inGrad(i));
            }
        }
    }
}
