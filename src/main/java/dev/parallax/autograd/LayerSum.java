package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.tensor.Shape;

/// Weighted sum of the layers of a row: y[r, f] = sum over l of w[l] · x[r, l · features + f]. The states of one frame
/// or token behind several layers stand side by side in a row.
/// shapes: x [rows, layers · features], w [1, layers] -> y [rows, features].
/// backward: dx[r, l · features + f] += w[l] · dy[r, f],
/// dw[l] += sum over r and f of dy[r, f] · x[r, l · features + f].
/// saves: x as [layers, rows, features], so that each sum is a product of matrices.
public record LayerSum() implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("layerSum", 2, in);
        if (in[0].rank() != 2 || in[1].rank() != 2 || in[1].size(0) != 1 || in[0].size(1) % in[1].size(1) != 0) {
            throw new ShapeException("layerSum: x is " + in[0] + " and w " + in[1]
                    + ", expected [rows, layers · features] and [1, layers]");
        }
        return Shape.of(in[0].size(0), in[0].size(1) / in[1].size(1));
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        int rows = shapes[0].size(0);
        int layers = shapes[1].size(1);
        int features = shapes[0].size(1) / layers;
        double[] y = new double[rows * features];
        for (int r = 0; r < rows; r++) {
            for (int l = 0; l < layers; l++) {
                for (int f = 0; f < features; f++) {
                    y[r * features + f] += in[1][l] * in[0][(r * layers + l) * features + f];
                }
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        int rows = frame.outShape().rows();
        int features = frame.outShape().columns();
        int layers = frame.inShape(1).columns();
        Buffer byLayer = frame.save(layers * rows * features);
        for (int l = 0; l < layers; l++) {
            Buffer layer = byLayer.slice(l * rows * features, rows * features);
            backend.copyColumns(rows, features, frame.in(0), layers * features, l * features, layer, features, 0);
        }
        backend.gemm(1, rows * features, layers, frame.in(1), false, byLayer, false, false, frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        int rows = frame.outShape().rows();
        int features = frame.outShape().columns();
        int layers = frame.inShape(1).columns();
        if (frame.wantsGrad(0)) {
            Buffer byLayer = frame.save(layers * rows * features);
            backend.gemm(layers, rows * features, 1, frame.in(1), true, frame.outGrad(), false, false, byLayer);
            for (int l = 0; l < layers; l++) {
                Buffer layer = byLayer.slice(l * rows * features, rows * features);
                backend.copyColumnsAdd(
                        rows, features, layer, features, 0, frame.inGrad(0), layers * features, l * features);
            }
        }
        if (frame.wantsGrad(1)) {
            backend.gemm(
                    1, layers, rows * features, frame.outGrad(), false, frame.saved(0), true, true, frame.inGrad(1));
        }
    }
}
