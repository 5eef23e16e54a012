package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;

/// Windows of each sequence as rows, so that a convolution becomes one product:
/// y[t, f · kernel + j] = x[t · stride + j - padding, f], zero outside the sequence.
/// shapes: x [total, features] -> y [total of the result, features · kernel].
/// backward: every window is added to the rows that it was copied from.   saves: nothing.
///
/// @param offsets the sequences of x
/// @param kernel  rows per window
/// @param stride  rows from one window to the next
/// @param padding rows of zeros before and after each sequence
public record Unfold(Offsets offsets, int kernel, int stride, int padding) implements Op {

    public Unfold {
        if (kernel < 1 || stride < 1 || padding < 0) {
            throw new ShapeException("unfold: kernel " + kernel + ", stride " + stride + ", padding " + padding
                    + ": the first two must be at least 1, the last at least 0");
        }
    }

    /// The sequences of the result: each has floor((length + 2 · padding - kernel) / stride) + 1 rows.
    public Offsets outputOffsets() {
        int[] lengths = new int[offsets.count()];
        for (int i = 0; i < lengths.length; i++) {
            int room = offsets.length(i) + 2 * padding - kernel;
            if (room < 0) {
                throw new ShapeException("unfold: sequence " + i + " of length " + offsets.length(i)
                        + " is shorter than a window of " + kernel + " with padding " + padding);
            }
            lengths[i] = room / stride + 1;
        }
        return Offsets.ofLengths(lengths);
    }

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("unfold", 1, in);
        Op.requireShape("unfold", "x", in[0], offsets.total(), in[0].columns());
        return Shape.of(outputOffsets().total(), in[0].columns() * kernel);
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int features = shapes[0].columns();
        Offsets to = outputOffsets();
        double[] y = new double[to.total() * features * kernel];
        for (int i = 0; i < to.count(); i++) {
            for (int at = 0; at < to.length(i) * features * kernel; at++) {
                int row = at / (features * kernel);
                int f = at / kernel % features;
                int source = row * stride + at % kernel - padding;
                if (source >= 0 && source < offsets.length(i)) {
                    y[to.start(i) * features * kernel + at] = in[0][(offsets.start(i) + source) * features + f];
                }
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        int features = frame.inShape(0).columns();
        backend.unfold(frame.in(0), offsets, features, kernel, stride, padding, outputOffsets(), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        int features = frame.inShape(0).columns();
        backend.unfoldGradAdd(
                frame.outGrad(), offsets, features, kernel, stride, padding, outputOffsets(), frame.inGrad(0));
    }
}
