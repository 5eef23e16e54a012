package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.tensor.Shape;

/// Convolution along time, each sequence by itself; the bias may be left out. [ConvolutionSizes] has the formula.
/// shapes: x [in.total, inputs], W [outputs, inputsOfGroup, kernel], b [outputs] -> y [out.total, outputs].
/// backward: [Backend#convolutionInputGradAdd], [Backend#convolutionWeightGradAdd], db += sum of the rows of dy.
/// saves: nothing.
public record Convolution(ConvolutionSizes sizes) implements Op {

    @Override
    public Shape outputShape(Shape... in) {
        if (in.length != 3) {
            Op.requireInputs("convolution", 2, in);
        }
        Op.requireShape("convolution", "x", in[0], sizes.in().total(), sizes.inputs());
        Op.requireShape("convolution", "W", in[1], sizes.outputs(), sizes.inputsOfGroup(), sizes.kernel());
        if (in.length == 3) {
            Op.requireShape("convolution", "bias", in[2], sizes.outputs());
        }
        return Shape.of(sizes.out().total(), sizes.outputs());
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        double[] y = new double[sizes.out().total() * sizes.outputs()];
        for (int i = 0; i < sizes.out().count(); i++) {
            for (int t = 0; t < sizes.out().length(i); t++) {
                for (int o = 0; o < sizes.outputs(); o++) {
                    double sum = in.length == 3 ? in[2][o] : 0;
                    int column = o / sizes.outputsOfGroup() * sizes.inputsOfGroup();
                    for (int k = 0; k < sizes.kernel(); k++) {
                        int source = t * sizes.stride() + k - sizes.padding();
                        if (source >= 0 && source < sizes.in().length(i)) {
                            int row = (sizes.in().start(i) + source) * sizes.inputs() + column;
                            for (int f = 0; f < sizes.inputsOfGroup(); f++) {
                                sum += in[1][o * sizes.terms() + f * sizes.kernel() + k] * in[0][row + f];
                            }
                        }
                    }
                    y[(sizes.out().start(i) + t) * sizes.outputs() + o] = sum;
                }
            }
        }
        return y;
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        if (frame.inputs() == 3) {
            backend.broadcastRow(frame.in(2), sizes.out().total(), frame.out());
        } else {
            backend.fill(0, frame.out());
        }
        backend.convolutionAdd(sizes, frame.in(0), frame.in(1), frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        if (frame.wantsGrad(0)) {
            backend.convolutionInputGradAdd(sizes, frame.in(1), frame.outGrad(), frame.inGrad(0));
        }
        if (frame.wantsGrad(1)) {
            backend.convolutionWeightGradAdd(sizes, frame.in(0), frame.outGrad(), frame.inGrad(1));
        }
        if (frame.inputs() == 3 && frame.wantsGrad(2)) {
            backend.sumRowsAdd(frame.outGrad(), sizes.out().total(), frame.inGrad(2));
        }
    }
}
