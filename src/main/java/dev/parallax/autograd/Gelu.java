package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// Gaussian error linear unit of every element, in its exact form: y = x Φ(x), Φ the share of the standard normal
/// distribution below x.
/// shapes: x [*] -> y [*].   backward: dx += dy · (Φ(x) + x φ(x)), φ the density.   saves: nothing.
public record Gelu() implements Op {

    private static final double BEYOND = 10;

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("gelu", 1, in);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return Arrays.stream(in[0]).map(x -> x * normalBelow(x)).toArray();
    }

    /// Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + ...); beyond ±10 it is 0 or 1 but for 1e-23.
    private static double normalBelow(double x) {
        if (Math.abs(x) > BEYOND) {
            return x < 0 ? 0 : 1;
        }
        double term = x;
        double sum = 0;
        for (int i = 3; Math.abs(term) > 1e-18; i += 2) {
            sum += term;
            term *= x * x / i;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.gelu(frame.in(0), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.geluGradAdd(frame.in(0), frame.outGrad(), frame.inGrad(0));
    }
}
