package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;

/// Rows by index: y[i] = x[ids[i]]. An embedding, the last step of each sequence, or a choice of utterances.
/// shapes: x [entries, features] -> y [ids, features].   backward: dx[ids[i]] += dy[i].   saves: ids.
public final class GatherRows implements Op {

    private final int[] ids;
    private final int largest;

    /// @param ids the row numbers, each within the entries of x
    public GatherRows(int... ids) {
        this.ids = ids.clone();
        int most = -1;
        for (int id : ids) {
            if (id < 0) {
                throw new ShapeException("gatherRows: row number " + id + " is negative");
            }
            most = Math.max(most, id);
        }
        this.largest = most;
    }

    /// The row numbers.
    public int[] ids() {
        return ids.clone();
    }

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("gatherRows", 1, in);
        if (in[0].rank() != 2 || largest >= in[0].size(0)) {
            throw new ShapeException("gatherRows: row number " + largest + " does not lie within " + in[0]);
        }
        return Shape.of(ids.length, in[0].columns());
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int features = shapes[0].columns();
        double[] y = new double[ids.length * features];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(in[0], ids[i] * features, y, i * features, features);
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        backend.gatherRows(frame.in(0), ids, frame.outShape().columns(), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.scatterRowsAdd(frame.outGrad(), ids, frame.outShape().columns(), frame.inGrad(0));
    }
}
