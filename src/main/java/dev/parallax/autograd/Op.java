package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;

/// One differentiable operation. Inputs by which nothing is differentiated (labels, offsets, a dropout mask) belong
/// to the record.
public sealed interface Op
        permits Add,
                Affine,
                ConcatColumns,
                Convolution,
                GatherRows,
                Gelu,
                InvertedDropout,
                LogSoftmax,
                Multiply,
                LayerSum,
                Relu,
                SavingOp,
                Scale,
                SequenceMax,
                SequenceMean,
                Sigmoid,
                Softmax,
                Tanh {

    /// Shape of the result.
    ///
    /// @throws ShapeException when the inputs do not fit together
    Shape outputShape(Shape... in);

    /// The formula in plain double loops, without a kernel. Forward is tested against it, and backward against its
    /// central differences.
    double[] reference(Shape[] shapes, double[]... in);

    /// Computes `frame.out()` from `frame.in(...)`; may save what backward needs.
    void forward(Backend backend, Frame frame);

    /// Adds to `frame.inGrad(i)` the gradient that follows from `frame.outGrad()`, for each input that needs it;
    /// never overwrites.
    void backward(Backend backend, Frame frame);

    /// Refuses a number of inputs other than `expected`.
    static void requireInputs(String op, int expected, Shape... in) {
        if (in.length != expected) {
            throw new ShapeException(op + ": " + in.length + " inputs, expected " + expected);
        }
    }

    /// Refuses shapes that differ.
    static void requireSame(String op, Shape a, Shape b) {
        if (!a.equals(b)) {
            throw new ShapeException(op + ": shapes differ: " + a + " and " + b);
        }
    }

    /// Refuses a shape other than these sizes.
    static void requireShape(String op, String what, Shape shape, int... sizes) {
        Shape expected = Shape.of(sizes);
        if (!shape.equals(expected)) {
            throw new ShapeException(op + ": " + what + " is " + shape + ", expected " + expected);
        }
    }
}
