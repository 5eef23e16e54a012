package dev.parallax.autograd;

import static dev.parallax.autograd.OpCase.APART;
import static dev.parallax.autograd.OpCase.NORMAL;

import dev.parallax.autograd.OpCase.Values;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The table of all operations. Each has sizes that are odd, that are one and that are around the width of a vector.
/// Ragged batches include sequences of length one.
final class OpCases {

    private static final Shape[] ANY = {
        Shape.of(), Shape.of(1), Shape.of(7), Shape.of(3, 5), Shape.of(8, 8), Shape.of(2, 3, 17)
    };
    private static final DropoutMask SOME = new DropoutMask(0.4f, 5, 6, 7, 8);

    private final List<OpCase> cases = new ArrayList<>();

    private OpCases() {}

    static List<OpCase> all() {
        OpCases table = new OpCases();
        table.elements();
        table.rows();
        table.matrices();
        table.rowsByNumber();
        table.pooling();
        table.convolutions();
        table.recurrent();
        table.attention();
        return table.cases;
    }

    private void add(String label, Op op, Values values, int terms, Shape... shapes) {
        cases.add(new OpCase(label, op, values, terms, shapes));
    }

    private void elements() {
        for (Shape shape : ANY) {
            add("add", new Add(), NORMAL, 1, shape, shape);
            add("multiply", new Multiply(), NORMAL, 1, shape, shape);
            add("scale", new Scale(-0.7f), NORMAL, 1, shape);
            add("tanh", new Tanh(), NORMAL, 1, shape);
            add("sigmoid", new Sigmoid(), NORMAL, 1, shape);
            add("gelu", new Gelu(), NORMAL, 1, shape);
            add("relu", new Relu(), APART, 1, shape);
        }
        for (int features : new int[] {1, 7, 8, 33}) {
            Offsets offsets = Offsets.ofLengths(1, 5, 3);
            add("dropout", new InvertedDropout(offsets, SOME), NORMAL, 1, Shape.of(9, features));
        }
    }

    private void rows() {
        for (int[] size : new int[][] {{1, 1}, {3, 5}, {4, 8}, {7, 17}, {9, 33}}) {
            Shape shape = Shape.of(size);
            Shape row = Shape.of(size[1]);
            add("softmax", new Softmax(), NORMAL, size[1], shape);
            add("logSoftmax", new LogSoftmax(), NORMAL, size[1], shape);
            add("layerNorm", new LayerNormalization(1e-5f), NORMAL, size[0] + size[1], shape, row, row);
            int[] labels = new int[size[0]];
            float[] weights = new float[size[1]];
            Arrays.setAll(labels, r -> (3 * r + 1) % size[1]);
            for (int c = 0; c < weights.length; c++) {
                weights[c] = 0.5f + c % 3;
            }
            for (float smoothing : new float[] {0, 0.1f}) {
                add(
                        "crossEntropy smoothing " + smoothing,
                        new CrossEntropy(labels, weights, smoothing, 0.5f),
                        NORMAL,
                        shape.count(),
                        shape);
            }
        }
    }

    private void matrices() {
        for (int[] size : new int[][] {{1, 1, 1}, {3, 5, 2}, {7, 7, 7}, {2, 65, 3}, {9, 17, 33}, {16, 8, 16}}) {
            Shape x = Shape.of(size[0], size[1]);
            Shape weight = Shape.of(size[2], size[1]);
            int terms = Math.max(size[0], Math.max(size[1], size[2]));
            add("affine", new Affine(), NORMAL, terms, x, weight);
            add("affine with bias", new Affine(), NORMAL, terms, x, weight, Shape.of(size[2]));
        }
        add("concatColumns", new ConcatColumns(), NORMAL, 1, Shape.of(4, 1));
        add("concatColumns", new ConcatColumns(), NORMAL, 1, Shape.of(3, 2), Shape.of(3, 9));
        add("concatColumns", new ConcatColumns(), NORMAL, 1, Shape.of(5, 3), Shape.of(5, 3), Shape.of(5, 8));
        add("layerSum", new LayerSum(), NORMAL, 1, Shape.of(1, 1), Shape.of(1, 1));
        add("layerSum", new LayerSum(), NORMAL, 21, Shape.of(7, 9), Shape.of(1, 3));
        add("layerSum", new LayerSum(), NORMAL, 165, Shape.of(5, 13 * 33), Shape.of(1, 13));
    }

    private void rowsByNumber() {
        gather(5, 3, 0, 4, 4, 2);
        gather(9, 17, 8);
        gather(1, 8, 0, 0, 0);
        gather(4, 3);
    }

    private void gather(int entries, int features, int... ids) {
        add(
                "gatherRows " + Arrays.toString(ids),
                new GatherRows(ids),
                NORMAL,
                1 + ids.length,
                Shape.of(entries, features));
    }

    private void pooling() {
        for (int[] lengths : new int[][] {{1}, {1, 4, 2}, {7, 1, 17}, {9, 8}}) {
            Offsets offsets = Offsets.ofLengths(lengths);
            for (int features : new int[] {1, 5, 16, 33}) {
                Shape shape = Shape.of(offsets.total(), features);
                String of = " of lengths " + Arrays.toString(lengths);
                add("sequenceMean" + of, new SequenceMean(offsets), NORMAL, offsets.longest(), shape);
                add("sequenceMax" + of, new SequenceMax(offsets), APART, 1, shape);
            }
        }
    }

    private void convolutions() {
        convolution(ConvolutionSizes.of(Offsets.ofLengths(1), 1, 1, 1, 1, 0, 1));
        convolution(ConvolutionSizes.of(Offsets.ofLengths(4, 1, 6), 7, 3, 3, 1, 1, 1));
        convolution(ConvolutionSizes.of(Offsets.ofLengths(5, 2), 3, 2, 2, 1, 0, 1));
        convolution(ConvolutionSizes.of(Offsets.ofLengths(9, 7, 8), 8, 6, 3, 2, 1, 2));
        convolution(ConvolutionSizes.of(Offsets.ofLengths(4, 1, 3), 9, 9, 5, 3, 2, 3));
        for (int columns : new int[] {1, 7, 16}) {
            Offsets offsets = Offsets.ofLengths(3, 1, 5);
            Shape row = Shape.of(columns);
            add("instanceNorm", new InstanceNormalization(offsets, 1e-2f), NORMAL, 9, Shape.of(9, columns), row, row);
        }
    }

    private void convolution(ConvolutionSizes sizes) {
        String label = "convolution kernel " + sizes.kernel() + " stride " + sizes.stride() + " padding "
                + sizes.padding() + " groups " + sizes.groups();
        Shape x = Shape.of(sizes.in().total(), sizes.inputs());
        Shape weight = Shape.of(sizes.outputs(), sizes.inputsOfGroup(), sizes.kernel());
        int terms = Math.max(sizes.terms(), sizes.out().total());
        add(label, new Convolution(sizes), NORMAL, terms, x, weight);
        add(label + " with bias", new Convolution(sizes), NORMAL, terms, x, weight, Shape.of(sizes.outputs()));
    }

    private void recurrent() {
        recurrent(1, 1);
        recurrent(3, 3, 1, 2);
        recurrent(8, 5, 1, 4, 2);
        recurrent(9, 1, 1, 7);
        recurrent(17, 2, 6);
    }

    private void recurrent(int hidden, int... lengths) {
        Offsets offsets = Offsets.ofLengths(lengths);
        Values values = (random, x) -> {
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (0.5 * random.nextGaussian());
            }
        };
        for (boolean reverse : new boolean[] {false, true}) {
            Recurrence sizes = new Recurrence(offsets, hidden, reverse);
            String of = (reverse ? " backwards" : "") + " of lengths " + Arrays.toString(lengths);
            int terms = (hidden + 4) * offsets.longest() + offsets.total();
            for (int gates : new int[] {3, 4}) {
                add(
                        (gates == 4 ? "lstm" : "gru") + of,
                        gates == 4 ? new LstmSequence(sizes) : new GruSequence(sizes),
                        values,
                        terms,
                        Shape.of(offsets.total(), gates * hidden),
                        Shape.of(gates * hidden, hidden),
                        Shape.of(gates * hidden));
            }
        }
    }

    private void attention() {
        attention(1, 1, new int[] {1}, new int[] {1});
        attention(6, 2, new int[] {3, 1, 5}, new int[] {3, 1, 5});
        attention(8, 4, new int[] {2, 1, 4}, new int[] {3, 5, 1});
        attention(12, 3, new int[] {9}, new int[] {17});
        attention(33, 1, new int[] {3, 2}, new int[] {3, 2});
        attention(16, 2, new int[] {35}, new int[] {35});
        causalAttention(1, 1, 1);
        causalAttention(6, 2, 3, 1, 5);
        causalAttention(14, 2, 35, 7);
        biasedAttention(false, 1, 1, 0, 0, 1);
        biasedAttention(false, 6, 2, 4, 0, 3, 1, 5);
        biasedAttention(false, 9, 3, 5, 2, 1, 4, 3);
        biasedAttention(true, 6, 2, 6, 1, 3, 1, 5);
        biasedAttention(false, 8, 2, 34, 3, 35);
    }

    private void biasedAttention(boolean causal, int width, int heads, int reach, int free, int... lengths) {
        Offsets offsets = Offsets.ofLengths(lengths);
        AttentionSizes sizes = new AttentionSizes(offsets, offsets, width, heads, causal);
        Shape rows = Shape.of(offsets.total(), width);
        Shape table = Shape.of(2 * reach + 1, heads);
        Shape gate = Shape.of(offsets.total(), heads);
        int terms = width + 2 * offsets.longest() + offsets.total();
        for (DropoutMask mask : List.of(DropoutMask.NONE, SOME)) {
            String label = (causal ? "causal " : "") + "attention of " + heads + " heads with a bias, " + free + " free"
                    + (mask.keepsAll() ? "" : ", with dropout");
            add(label, new BiasedAttention(sizes, mask, reach, free), NORMAL, terms, rows, rows, rows, table, gate);
        }
    }

    private void attention(int width, int heads, int[] queries, int[] keys) {
        attention("", new AttentionSizes(Offsets.ofLengths(queries), Offsets.ofLengths(keys), width, heads));
    }

    private void causalAttention(int width, int heads, int... lengths) {
        Offsets offsets = Offsets.ofLengths(lengths);
        attention("causal ", new AttentionSizes(offsets, offsets, width, heads, true));
    }

    private void attention(String kind, AttentionSizes sizes) {
        int width = sizes.width();
        Shape query = Shape.of(sizes.queries().total(), width);
        Shape key = Shape.of(sizes.keys().total(), width);
        int terms = width + sizes.keys().longest() + sizes.queries().longest();
        for (DropoutMask mask : List.of(DropoutMask.NONE, SOME)) {
            String label = kind + "attention of " + sizes.heads() + " heads" + (mask.keepsAll() ? "" : " with dropout");
            add(label, new Attention(sizes, mask), NORMAL, terms, query, key, key);
        }
    }
}
