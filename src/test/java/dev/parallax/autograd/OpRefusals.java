package dev.parallax.autograd;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.tensor.Shape;
import java.util.List;

/// Shapes that do not fit, for every operation, and the message for each.
final class OpRefusals {

    /// One wrong call.
    record Refused(Op op, List<Shape> shapes, String message) {

        Refused(Op op, String message, Shape... shapes) {
            this(op, List.of(shapes), message);
        }

        @Override
        public String toString() {
            return message;
        }
    }

    private static final Shape S = Shape.of(3, 5);
    private static final Shape OTHER = Shape.of(5, 3);
    private static final Offsets SIX_ROWS = Offsets.ofLengths(1, 5);

    private OpRefusals() {}

    static List<Refused> all(Backend backend) {
        AttentionSizes cross = new AttentionSizes(SIX_ROWS, Offsets.ofLengths(2, 2), 4, 2);
        Attention attend = new Attention(cross, DropoutMask.NONE);
        Attention causal = new Attention(new AttentionSizes(SIX_ROWS, SIX_ROWS, 4, 2, true), DropoutMask.NONE);
        Shape query = Shape.of(6, 4);
        Shape key = Shape.of(4, 4);
        AttentionSizes self = new AttentionSizes(SIX_ROWS, SIX_ROWS, 4, 2);
        BiasedAttention biased = new BiasedAttention(self, DropoutMask.NONE, 4, 0);
        Shape table = Shape.of(9, 2);
        Shape gate = Shape.of(6, 2);
        Recurrence two = new Recurrence(SIX_ROWS, 2, false);
        return List.of(
                new Refused(new Add(), "add: shapes differ: [3, 5] and [5, 3]", S, OTHER),
                new Refused(new Add(), "add: 1 inputs, expected 2", S),
                new Refused(new Multiply(), "multiply: shapes differ: [3, 5] and [5, 3]", S, OTHER),
                new Refused(new Scale(2), "scale: 2 inputs, expected 1", S, S),
                new Refused(new Tanh(), "tanh: 2 inputs, expected 1", S, S),
                new Refused(new Sigmoid(), "sigmoid: 0 inputs, expected 1"),
                new Refused(new Gelu(), "gelu: 2 inputs, expected 1", S, S),
                new Refused(new Relu(), "relu: 2 inputs, expected 1", S, S),
                new Refused(new Softmax(), "softmax: 2 inputs, expected 1", S, S),
                new Refused(new LogSoftmax(), "logSoftmax: 2 inputs, expected 1", S, S),
                new Refused(
                        new LayerNormalization(1),
                        "layerNorm: shapes differ: [5] and [3]",
                        S,
                        Shape.of(3),
                        Shape.of(3)),
                new Refused(
                        new CrossEntropy(new int[] {0, 1}, new float[] {1, 1, 1}, 0, 1),
                        "crossEntropy: x is [3, 5], expected [2, 3]",
                        S),
                new Refused(
                        new Affine(), "affine: inner sizes differ: x [3, 5] · W [5, 3] transposed (5 != 3)", S, OTHER),
                new Refused(new Affine(), "affine: x is [5], expected [rows, in]", Shape.of(5), S),
                new Refused(new Affine(), "affine: bias [5] does not fit W [3, 5]: expected [3]", S, S, Shape.of(5)),
                new Refused(new Affine(), "affine: 1 inputs, expected 2", S),
                new Refused(new ConcatColumns(), "concatColumns: rows differ: [3, 5] and [5, 3]", S, OTHER),
                new Refused(new ConcatColumns(), "concatColumns: no inputs, expected at least 1"),
                new Refused(
                        new LayerSum(),
                        "layerSum: x is [3, 5] and w [3, 5], expected [rows, layers · features] and [1, layers]",
                        S,
                        S),
                new Refused(
                        new LayerSum(),
                        "layerSum: x is [3, 5] and w [1, 2], expected [rows, layers · features] and [1, layers]",
                        S,
                        Shape.of(1, 2)),
                new Refused(new GatherRows(1, 7), "gatherRows: row number 7 does not lie within [3, 5]", S),
                new Refused(
                        new InvertedDropout(SIX_ROWS, DropoutMask.NONE), "dropout: x is [3, 5], expected [6, 5]", S),
                new Refused(new SequenceMean(SIX_ROWS), "sequenceMean: x is [3, 5], expected [6, 5]", S),
                new Refused(new SequenceMax(SIX_ROWS), "sequenceMax: x is [3, 5], expected [6, 5]", S),
                new Refused(
                        new Convolution(ConvolutionSizes.of(SIX_ROWS, 5, 2, 3, 1, 1, 1)),
                        "convolution: x is [3, 5], expected [6, 5]",
                        S,
                        Shape.of(2, 5, 3)),
                new Refused(
                        new Convolution(ConvolutionSizes.of(SIX_ROWS, 4, 2, 3, 1, 1, 2)),
                        "convolution: W is [2, 4, 3], expected [2, 2, 3]",
                        Shape.of(6, 4),
                        Shape.of(2, 4, 3)),
                new Refused(
                        new InstanceNormalization(SIX_ROWS, 1),
                        "instanceNorm: x is [3, 5], expected [6, 5]",
                        S,
                        Shape.of(5),
                        Shape.of(5)),
                new Refused(
                        new LstmSequence(two),
                        "lstm: the projected input is [6, 6], expected [6, 8]",
                        Shape.of(6, 6),
                        Shape.of(8, 2),
                        Shape.of(8)),
                new Refused(
                        new LstmSequence(two),
                        "lstm: weightHh is [6, 2], expected [8, 2]",
                        Shape.of(6, 8),
                        Shape.of(6, 2),
                        Shape.of(8)),
                new Refused(
                        new GruSequence(two),
                        "gru: the projected input is [6, 8], expected [6, 6]",
                        Shape.of(6, 8),
                        Shape.of(6, 2),
                        Shape.of(6)),
                new Refused(
                        new GruSequence(two),
                        "gru: shapes differ: [6] and [8]",
                        Shape.of(6, 6),
                        Shape.of(6, 2),
                        Shape.of(8)),
                new Refused(attend, "attention: query is [4, 4], expected [6, 4]", key, key, key),
                new Refused(attend, "attention: value is [6, 4], expected [4, 4]", query, key, query),
                new Refused(causal, "attention: key is [4, 4], expected [6, 4]", query, key, key),
                new Refused(biased, "biasedAttention: 3 inputs, expected 5", query, query, query),
                new Refused(
                        biased, "biasedAttention: value is [4, 4], expected [6, 4]", query, query, key, table, gate),
                new Refused(
                        biased,
                        "biasedAttention: table is [8, 2], expected [9, 2]",
                        query,
                        query,
                        query,
                        Shape.of(8, 2),
                        gate),
                new Refused(
                        biased,
                        "biasedAttention: gate is [4, 2], expected [6, 2]",
                        query,
                        query,
                        query,
                        table,
                        Shape.of(4, 2)),
                new Refused(
                        new BiasedAttention(self, DropoutMask.NONE, 3, 0),
                        "biasedAttention: reach 3, free 0: the first must be at least 4, the largest distance in a"
                                + " sequence, the last at least 0",
                        query,
                        query,
                        query,
                        Shape.of(7, 2),
                        gate),
                new Refused(
                        new BiasedAttention(self, DropoutMask.NONE, 4, -1),
                        "biasedAttention: reach 4, free -1: the first must be at least 4, the largest distance in a"
                                + " sequence, the last at least 0",
                        query,
                        query,
                        query,
                        table,
                        gate),
                new Refused(
                        new BiasedAttention(cross, DropoutMask.NONE, 4, 0),
                        "biasedAttention: queries and keys are not rows of the same sequences: 2 sequences, 6 rows and 2"
                                + " sequences, 4 rows; distances need rows of one sequence",
                        query,
                        key,
                        key,
                        table,
                        gate));
    }
}
