package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Recurrence;
import dev.parallax.tensor.Shape;

/// One direction of an LSTM layer over whole sequences. With a = p + U h' + c and h', cell' of the previous step
/// (zero at first): i, f, o = sigmoid(a), g = tanh(a), cell = f · cell' + i · g, h = o · tanh(cell).
/// shapes: p [total, 4H] (the projected input W x + b, gates i f g o), U [4H, H], c [4H] -> y [2, total, H], all h
/// and then all cells.
/// backward: through time, see [Backend#lstmGradAdd].   saves: the activated gates [total, 4H].
public record LstmSequence(Recurrence sizes) implements SavingOp {

    @Override
    public Shape outputShape(Shape... in) {
        int hidden = sizes.hidden();
        Op.requireInputs("lstm", 3, in);
        Op.requireShape("lstm", "the projected input", in[0], sizes.offsets().total(), 4 * hidden);
        Op.requireShape("lstm", "weightHh", in[1], 4 * hidden, hidden);
        Op.requireSame("lstm", Shape.of(4 * hidden), in[2]);
        return Shape.of(2, sizes.offsets().total(), hidden);
    }

    @Override
    public Shape savedShape(Shape... in) {
        return in[0];
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return run(new double[in[0].length], in);
    }

    @Override
    public double[] savedReference(Shape[] shapes, double[]... in) {
        double[] gates = new double[in[0].length];
        run(gates, in);
        return gates;
    }

    private double[] run(double[] gates, double[]... in) {
        int hidden = sizes.hidden();
        int cells = sizes.offsets().total() * hidden;
        double[] y = new double[2 * cells];
        for (int i = 0; i < sizes.offsets().count(); i++) {
            double[] h = new double[hidden];
            double[] cell = new double[hidden];
            for (int step = 0; step < sizes.offsets().length(i); step++) {
                int row = sizes.row(i, step);
                double[] a = Gates.preactivation(4 * hidden, row, in[0], in[1], in[2], h);
                for (int u = 0; u < hidden; u++) {
                    double input = Gates.sigmoid(a[u]);
                    double forget = Gates.sigmoid(a[hidden + u]);
                    double candidate = Math.tanh(a[2 * hidden + u]);
                    double output = Gates.sigmoid(a[3 * hidden + u]);
                    cell[u] = forget * cell[u] + input * candidate;
                    h[u] = output * Math.tanh(cell[u]);
                    int gate = row * 4 * hidden + u;
                    gates[gate] = input;
                    gates[gate + hidden] = forget;
                    gates[gate + 2 * hidden] = candidate;
                    gates[gate + 3 * hidden] = output;
                    y[row * hidden + u] = h[u];
                    y[cells + row * hidden + u] = cell[u];
                }
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.lstm(
                sizes,
                frame.in(0),
                frame.in(1),
                frame.in(2),
                frame.save(frame.inShape(0).count()),
                frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.lstmGradAdd(
                sizes,
                frame.in(1),
                frame.saved(0),
                frame.out(),
                frame.outGrad(),
                frame.inGrad(0),
                frame.inGrad(1),
                frame.inGrad(2));
    }
}
