package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.tensor.Shape;

/// Rows side by side: y = [x_0 | x_1 | ...].
/// shapes: x_i [rows, columns_i] -> y [rows, sum of columns_i].   backward: dx_i += the columns of dy that are x_i's.
/// saves: nothing.
public record ConcatColumns() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        if (in.length == 0) {
            throw new ShapeException("concatColumns: no inputs, expected at least 1");
        }
        int columns = 0;
        for (Shape shape : in) {
            if (shape.rank() != 2 || shape.size(0) != in[0].size(0)) {
                throw new ShapeException("concatColumns: rows differ: " + in[0] + " and " + shape);
            }
            columns += shape.size(1);
        }
        return Shape.of(in[0].size(0), columns);
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int columns = outputShape(shapes).columns();
        double[] y = new double[shapes[0].size(0) * columns];
        int to = 0;
        for (int i = 0; i < in.length; i++) {
            int width = shapes[i].columns();
            for (int r = 0; r < shapes[i].size(0); r++) {
                System.arraycopy(in[i], r * width, y, r * columns + to, width);
            }
            to += width;
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        int rows = frame.outShape().rows();
        int columns = frame.outShape().columns();
        int to = 0;
        for (int i = 0; i < frame.inputs(); i++) {
            int width = frame.inShape(i).columns();
            backend.copyColumns(rows, width, frame.in(i), width, 0, frame.out(), columns, to);
            to += width;
        }
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        int rows = frame.outShape().rows();
        int columns = frame.outShape().columns();
        int from = 0;
        for (int i = 0; i < frame.inputs(); i++) {
            int width = frame.inShape(i).columns();
            if (frame.wantsGrad(i)) {
                backend.copyColumnsAdd(rows, width, frame.outGrad(), columns, from, frame.inGrad(i), width, 0);
            }
            from += width;
        }
    }
}
