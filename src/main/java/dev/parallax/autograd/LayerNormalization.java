package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;

/// Layer normalisation of every row: y = gamma · (x - mean) / sqrt(variance + epsilon) + beta, variance biased.
/// shapes: x [rows, columns], gamma [columns], beta [columns] -> y [rows, columns].
/// backward: see [Backend#layerNormGradAdd].   saves: mean and 1 / sqrt(variance + epsilon) of each row.
/// Source: Ba, Kiros, Hinton, "Layer Normalization", arXiv 1607.06450.
public record LayerNormalization(float epsilon) implements SavingOp {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("layerNorm", 3, in);
        Op.requireSame("layerNorm", Shape.of(in[0].columns()), in[1]);
        Op.requireSame("layerNorm", in[1], in[2]);
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int columns = shapes[0].columns();
        double[] statistics = savedReference(shapes, in);
        double[] y = new double[in[0].length];
        for (int i = 0; i < y.length; i++) {
            int row = i / columns;
            int c = i % columns;
            y[i] = in[1][c] * (in[0][i] - statistics[2 * row]) * statistics[2 * row + 1] + in[2][c];
        }
        return y;
    }

    @Override
    public Shape savedShape(Shape... in) {
        return Shape.of(in[0].rows(), 2);
    }

    @Override
    public double[] savedReference(Shape[] shapes, double[]... in) {
        int columns = shapes[0].columns();
        double[] statistics = new double[2 * shapes[0].rows()];
        for (int row = 0; row < shapes[0].rows(); row++) {
            double mean = 0;
            double variance = 0;
            for (int c = 0; c < columns; c++) {
                mean += in[0][row * columns + c] / columns;
            }
            for (int c = 0; c < columns; c++) {
                variance += Math.pow(in[0][row * columns + c] - mean, 2) / columns;
            }
            statistics[2 * row] = mean;
            statistics[2 * row + 1] = 1 / Math.sqrt(variance + epsilon);
        }
        return statistics;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        int rows = frame.inShape(0).rows();
        backend.layerNorm(frame.in(0), frame.in(1), frame.in(2), epsilon, rows, frame.save(2 * rows), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.layerNormGradAdd(
                frame.in(0),
                frame.in(1),
                frame.saved(0),
                frame.outGrad(),
                frame.inShape(0).rows(),
                frame.inGrad(0),
                frame.inGrad(1),
                frame.inGrad(2));
    }
}
