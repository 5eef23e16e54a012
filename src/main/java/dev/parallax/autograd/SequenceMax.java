package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;

/// Largest value of each feature over the rows of each sequence.
/// shapes: x [total, features] -> y [sequences, features].
/// backward: dx += dy at the first row that holds the maximum.   saves: nothing.
public record SequenceMax(Offsets offsets) implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("sequenceMax", 1, in);
        Op.requireShape("sequenceMax", "x", in[0], offsets.total(), in[0].columns());
        return Shape.of(offsets.count(), in[0].columns());
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int features = shapes[0].columns();
        double[] y = new double[offsets.count() * features];
        for (int i = 0; i < offsets.count(); i++) {
            for (int f = 0; f < features; f++) {
                double max = Double.NEGATIVE_INFINITY;
                for (int t = offsets.start(i); t < offsets.start(i + 1); t++) {
                    max = Math.max(max, in[0][t * features + f]);
                }
                y[i * features + f] = max;
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.sequenceMax(frame.in(0), offsets, frame.inShape(0).columns(), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.sequenceMaxGradAdd(
                frame.in(0), frame.outGrad(), offsets, frame.inShape(0).columns(), frame.inGrad(0));
    }
}
