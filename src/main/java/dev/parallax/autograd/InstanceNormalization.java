package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;

/// Normalisation of each column over the rows of its sequence: y = gamma · (x - mean) / sqrt(variance + epsilon) +
/// beta.
/// shapes: x [total, columns], gamma [columns], beta [columns] -> y [total, columns].
/// backward: see [Backend#instanceNormGradAdd].   saves: mean and 1 / sqrt(variance + epsilon) of each sequence's
/// columns.
public record InstanceNormalization(Offsets offsets, float epsilon) implements SavingOp {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("instanceNorm", 3, in);
        Op.requireShape("instanceNorm", "x", in[0], offsets.total(), in[0].columns());
        Op.requireShape("instanceNorm", "gamma", in[1], in[0].columns());
        Op.requireShape("instanceNorm", "beta", in[2], in[0].columns());
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int columns = shapes[0].columns();
        double[] statistics = savedReference(shapes, in);
        double[] y = new double[in[0].length];
        for (int i = 0; i < offsets.count(); i++) {
            for (int at = offsets.start(i) * columns; at < offsets.start(i + 1) * columns; at++) {
                int c = at % columns;
                double xhat = (in[0][at] - statistics[2 * i * columns + c]) * statistics[(2 * i + 1) * columns + c];
                y[at] = in[1][c] * xhat + in[2][c];
            }
        }
        return y;
    }

    @Override
    public Shape savedShape(Shape... in) {
        return Shape.of(offsets.count(), 2, in[0].columns());
    }

    @Override
    public double[] savedReference(Shape[] shapes, double[]... in) {
        int columns = shapes[0].columns();
        double[] statistics = new double[2 * offsets.count() * columns];
        for (int i = 0; i < offsets.count(); i++) {
            int rows = offsets.length(i);
            for (int c = 0; c < columns; c++) {
                int first = offsets.start(i) * columns + c;
                double mean = 0;
                for (int r = 0; r < rows; r++) {
                    mean += in[0][first + r * columns] / rows;
                }
                double variance = 0;
                for (int r = 0; r < rows; r++) {
                    variance += Math.pow(in[0][first + r * columns] - mean, 2) / rows;
                }
                statistics[2 * i * columns + c] = mean;
                statistics[(2 * i + 1) * columns + c] = 1 / Math.sqrt(variance + epsilon);
            }
        }
        return statistics;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        Buffer stats = frame.save(2 * offsets.count() * frame.inShape(0).columns());
        backend.instanceNorm(frame.in(0), offsets, frame.in(1), frame.in(2), epsilon, stats, frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.instanceNormGradAdd(
                frame.in(0),
                offsets,
                frame.in(1),
                frame.saved(0),
                frame.outGrad(),
                frame.inGrad(0),
                frame.inGrad(1),
                frame.inGrad(2));
    }
}
