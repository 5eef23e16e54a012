package dev.parallax.backend;

import dev.parallax.ShapeException;

/// The sizes of a convolution along time, each sequence by itself, with zeros before and after:
/// out[t, o] = sum over j and f of W[o, f, j] · x[t · stride + j - padding, F + f].
/// The columns of x and of out are in as many groups; output o reads the columns F .. F + inputsOfGroup - 1 of its
/// group alone.
///
/// @param in      where the sequences of x begin
/// @param out     where those of the result begin: floor((length + 2 · padding - kernel) / stride) + 1 rows each
/// @param inputs  columns of x
/// @param outputs columns of the result
/// @param kernel  rows of a window
/// @param stride  rows from one window to the next
/// @param padding rows of zeros on each side of a sequence
/// @param groups  a divisor of `inputs` and `outputs`
public record ConvolutionSizes(
        Offsets in, Offsets out, int inputs, int outputs, int kernel, int stride, int padding, int groups) {

    public ConvolutionSizes {
        if (kernel < 1 || stride < 1 || padding < 0) {
            throw new ShapeException("convolution: kernel " + kernel + ", stride " + stride + ", padding " + padding
                    + ": the first two must be at least 1, the last at least 0");
        }
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0) {
            throw new ShapeException("convolution: " + groups + " groups do not divide " + inputs + " inputs and "
                    + outputs + " outputs");
        }
    }

    /// Sizes with the sequences of the result as they follow from the others.
    public static ConvolutionSizes of(
            Offsets in, int inputs, int outputs, int kernel, int stride, int padding, int groups) {
        ConvolutionSizes sizes = new ConvolutionSizes(in, in, inputs, outputs, kernel, stride, padding, groups);
        int[] lengths = new int[in.count()];
        for (int i = 0; i < lengths.length; i++) {
            int room = in.length(i) + 2 * padding - kernel;
            if (room < 0) {
                throw new ShapeException("convolution: sequence " + i + " of length " + in.length(i)
                        + " is shorter than a window of " + kernel + " with padding " + padding);
            }
            lengths[i] = room / stride + 1;
        }
        return new ConvolutionSizes(
                in, Offsets.ofLengths(lengths), inputs, outputs, sizes.kernel, stride, padding, groups);
    }

    /// Columns of x that an output reads.
    public int inputsOfGroup() {
        return inputs / groups;
    }

    /// Outputs of a group.
    public int outputsOfGroup() {
        return outputs / groups;
    }

    /// Weights of one output: the terms of its sum.
    public int terms() {
        return inputsOfGroup() * kernel;
    }

    /// The first window of sequence `i` that has its row `j` inside of the sequence.
    public int firstWindow(int j) {
        return Math.max(0, Math.ceilDiv(padding - j, stride));
    }

    /// One more than the last of these windows; not more than [#firstWindow] where there is none.
    public int endWindow(int i, int j) {
        return Math.min(out.length(i), Math.floorDiv(in.length(i) - 1 + padding - j, stride) + 1);
    }
}
