package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.tensor.Shape;

/// Cross-entropy of logits against labels, summed over rows and scaled:
/// y = scale · sum_r sum_c -q[r,c] · log softmax(x)[r,c],
/// q[r,c] = (1 - smoothing) · w[c] · [c = label_r] + smoothing / C · w[c].
/// shapes: x [rows, classes] -> y [1].   backward: dx += dy · scale · (softmax(x) · sum of the row's q - q).
/// saves: softmax(x), w, labels.
public final class CrossEntropy implements SavingOp {

    private final int[] labels;
    private final float[] classWeights;
    private final float smoothing;
    private final float scale;

    /// @param labels       the class of each row, from 0
    /// @param classWeights w, one per class, all 1 for the plain loss
    /// @param smoothing    share of the target that is spread evenly over the classes, in [0, 1)
    /// @param scale        1 for the sum; 1 / (sum of the rows' weights) for the mean
    public CrossEntropy(int[] labels, float[] classWeights, float smoothing, float scale) {
        for (int label : labels) {
            if (label < 0 || label >= classWeights.length) {
                throw new ShapeException(
                        "crossEntropy: label " + label + " is not one of " + classWeights.length + " classes");
            }
        }
        this.labels = labels.clone();
        this.classWeights = classWeights.clone();
        this.smoothing = smoothing;
        this.scale = scale;
    }

    @Override
    public Shape outputShape(Shape... in) {
        Op.requireInputs("crossEntropy", 1, in);
        Op.requireShape("crossEntropy", "x", in[0], labels.length, classWeights.length);
        return Shape.of(1);
    }

    @Override
    public double[] reference(Shape[] shapes, double[]... in) {
        double[] logProbabilities = new LogSoftmax().reference(shapes, in);
        int classes = classWeights.length;
        double loss = 0;
        for (int r = 0; r < labels.length; r++) {
            for (int c = 0; c < classes; c++) {
                double hard = c == labels[r] ? (1 - smoothing) * classWeights[c] : 0;
                loss -= (hard + smoothing / classes * classWeights[c]) * logProbabilities[r * classes + c];
            }
        }
        return new double[] {scale * loss};
    }

    @Override
    public Shape savedShape(Shape... in) {
        return in[0];
    }

    @Override
    public double[] savedReference(Shape[] shapes, double[]... in) {
        return new Softmax().reference(shapes, in);
    }

    @Override
    public void forward(Backend backend, Frame frame) {
        Buffer probabilities = frame.save(frame.inShape(0).count());
        backend.crossEntropy(frame.in(0), labels, classWeights, smoothing, scale, probabilities, frame.out());
    }

    @Override
    public void backward(Backend backend, Frame frame) {
        backend.crossEntropyGradAdd(
                frame.saved(0), labels, classWeights, smoothing, scale, frame.outGrad(), frame.inGrad(0));
    }
}
