package dev.parallax.nn;

import dev.parallax.autograd.Convolution;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Convolution along time, each sequence by itself, zeros before and after; [ConvolutionSizes] has the formula.
/// Parameters `weight` [out, in / groups, kernel] and `bias` [out], both initially uniform in
/// ±1/sqrt(in / groups · kernel).
public final class Conv1d {

    /// @param in      columns of the input
    /// @param out     columns of the result
    /// @param kernel  rows of a window
    /// @param stride  rows from one window to the next
    /// @param padding rows of zeros on each side of a sequence
    /// @param groups  a divisor of both columns: an output reads the inputs of its group
    /// @param hasBias whether a bias is added
    public record Sizes(int in, int out, int kernel, int stride, int padding, int groups, boolean hasBias) {}

    private final Sizes sizes;
    private final Parameter weight;
    private final @Nullable Parameter bias;

    public Conv1d(Parameters parameters, String name, Sizes sizes) {
        this.sizes = sizes;
        int perGroup = sizes.in / sizes.groups;
        Initializer start = Initializer.byFanIn(perGroup * sizes.kernel);
        this.weight = parameters.addFactor(
                name + ".weight",
                Shape.of(sizes.out, perGroup, sizes.kernel),
                start,
                (on, memory, values) ->
                        on.packedKernel(memory, values, sizes.out, perGroup, sizes.kernel, sizes.groups));
        this.bias = sizes.hasBias ? parameters.add(name + ".bias", Shape.of(sizes.out), start) : null;
    }

    /// Where the sequences of the result begin.
    public Offsets outputOffsets(Offsets offsets) {
        return sizes(offsets).out();
    }

    /// @param x [total, in]
    /// @return [outputOffsets(offsets).total(), out]
    public Variable forward(Pass pass, Variable x, Offsets offsets) {
        Convolution convolution = new Convolution(sizes(offsets));
        Variable w = pass.variable(weight);
        return bias == null
                ? pass.tape().apply(convolution, x, w)
                : pass.tape().apply(convolution, x, w, pass.variable(bias));
    }

    private ConvolutionSizes sizes(Offsets offsets) {
        return ConvolutionSizes.of(
                offsets, sizes.in, sizes.out, sizes.kernel, sizes.stride, sizes.padding, sizes.groups);
    }
}
