package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;

/// Mean of the rows of each sequence.
/// shapes: x [total, features] -> y [sequences, features].
/// backward: dx of every row of sequence i += dy of i / length of i.   saves: nothing.
public record SequenceMean(Offsets offsets) implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("sequenceMean", 1, in);
        Op.requireShape("sequenceMean", "x", in[0], offsets.total(), in[0].columns());
        return Shape.of(offsets.count(), in[0].columns());
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int features = shapes[0].columns();
        double[] y = new double[offsets.count() * features];
        for (int i = 0; i < offsets.count(); i++) {
            for (int f = 0; f < features; f++) {
                double sum = 0;
                for (int t = offsets.start(i); t < offsets.start(i + 1); t++) {
                    sum += in[0][t * features + f];
                }
                y[i * features + f] = sum / offsets.length(i);
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.sequenceMean(frame.in(0), offsets, frame.inShape(0).columns(), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.sequenceMeanGradAdd(frame.outGrad(), offsets, frame.inShape(0).columns(), frame.inGrad(0));
    }
}
