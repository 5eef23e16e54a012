package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;

/// Dropout over a ragged batch: y = mask · x, the mask 0 or 1 / (probability to be kept).
/// shapes: x [total, features] -> y [total, features].   backward: dx += mask · dy.
/// saves: nothing, the mask is computed again.
public record InvertedDropout(Offsets offsets, DropoutMask mask) implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("dropout", 1, in);
        Op.requireShape("dropout", "x", in[0], offsets.total(), in[0].columns());
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int features = shapes[0].columns();
        double[] y = new double[in[0].length];
        float[] factors = new float[features];
        for (int i = 0; i < offsets.count(); i++) {
            for (int row = 0; row < offsets.length(i); row++) {
                mask.row(i, row, features, factors, new int[4]);
                for (int f = 0; f < features; f++) {
                    int at = (offsets.start(i) + row) * features + f;
                    y[at] = factors[f] * in[0][at];
                }
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.fill(0, frame.out());
        backend.dropoutAdd(frame.in(0), offsets, frame.inShape(0).columns(), mask, frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.dropoutAdd(frame.outGrad(), offsets, frame.inShape(0).columns(), mask, frame.inGrad(0));
    }
}
