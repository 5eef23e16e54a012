package dev.parallax.nn;

import dev.parallax.autograd.Convolution;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;

/// Convolution along time, each sequence by itself, zeros before and after:
/// y[t, o] = b[o] + sum over f, j of W[o, f, j] · x[t · stride + j - padding, f].
/// Parameters `weight` [out, in, kernel] and `bias` [out], both initially uniform in ±1/sqrt(in · kernel).
public final class Conv1d {

    private final int in;
    private final int out;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final Parameter weight;
    private final Parameter bias;

    public Conv1d(Parameters parameters, String name, int in, int out, int kernel, int stride, int padding) {
        this.in = in;
        this.out = out;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        Initializer start = Initializer.byFanIn(in * kernel);
        this.weight = parameters.add(name + ".weight", Shape.of(out, in, kernel), start);
        this.bias = parameters.add(name + ".bias", Shape.of(out), start);
    }

    /// Where the sequences of the result begin.
    public Offsets outputOffsets(Offsets offsets) {
        return sizes(offsets).out();
    }

    /// @param x [total, in]
    /// @return [outputOffsets(offsets).total(), out]
    public Variable forward(Pass pass, Variable x, Offsets offsets) {
        Variable w = pass.variable(weight);
        return pass.tape().apply(new Convolution(sizes(offsets)), x, w, pass.variable(bias));
    }

    private ConvolutionSizes sizes(Offsets offsets) {
        return ConvolutionSizes.of(offsets, in, out, kernel, stride, padding, 1);
    }
}
