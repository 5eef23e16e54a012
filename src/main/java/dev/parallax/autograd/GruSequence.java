package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Recurrence;
import dev.parallax.tensor.Shape;

/// One direction of a GRU layer over whole sequences. With h' of the previous step (zero at first):
/// r, z = sigmoid(p + U h' + c), n = tanh(p_n + r · (U_n h' + c_n)), h = (1 - z) · n + z · h'.
/// shapes: p [total, 3H] (the projected input W x + b, gates r z n), U [3H, H], c [3H] -> h [total, H].
/// backward: through time, see [Backend#gruGradAdd].   saves: r, z, n and U_n h' + c_n [total, 4H].
public record GruSequence(Recurrence sizes) implements SavingOp {

    @Override
    public Shape outputShape(Shape... in) {
        int hidden = sizes.hidden();
        Op.requireInputs("gru", 3, in);
        Op.requireShape("gru", "the projected input", in[0], sizes.offsets().total(), 3 * hidden);
        Op.requireShape("gru", "weightHh", in[1], 3 * hidden, hidden);
        Op.requireSame("gru", Shape.of(3 * hidden), in[2]);
        return Shape.of(sizes.offsets().total(), hidden);
    }

    @Override
    public Shape savedShape(Shape... in) {
        return Shape.of(sizes.offsets().total(), 4 * sizes.hidden());
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        return run(new double[savedShape(shapes).count()], in);
    }

    @Override
    public double[] savedReference(Shape[] shapes, double[]... in) {
        double[] gates = new double[savedShape(shapes).count()];
        run(gates, in);
        return gates;
    }

    private double[] run(double[] gates, double[]... in) {
        int hidden = sizes.hidden();
        double[] y = new double[sizes.offsets().total() * hidden];
        for (int i = 0; i < sizes.offsets().count(); i++) {
            double[] h = new double[hidden];
            for (int step = 0; step < sizes.offsets().length(i); step++) {
                int row = sizes.row(i, step);
                double[] part = Gates.hiddenPart(3 * hidden, in[1], in[2], h);
                for (int u = 0; u < hidden; u++) {
                    int p = row * 3 * hidden + u;
                    double reset = Gates.sigmoid(in[0][p] + part[u]);
                    double update = Gates.sigmoid(in[0][p + hidden] + part[hidden + u]);
                    double candidate = Math.tanh(in[0][p + 2 * hidden] + reset * part[2 * hidden + u]);
                    h[u] = (1 - update) * candidate + update * h[u];
                    y[row * hidden + u] = h[u];
                    int gate = row * 4 * hidden + u;
                    gates[gate] = reset;
                    gates[gate + hidden] = update;
                    gates[gate + 2 * hidden] = candidate;
                    gates[gate + 3 * hidden] = part[2 * hidden + u];
                }
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        int total = sizes.offsets().total();
        backend.gru(sizes, frame.in(0), frame.in(1), frame.in(2), frame.save(total * 4 * sizes.hidden()), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.gruGradAdd(
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
