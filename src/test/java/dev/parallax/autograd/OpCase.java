package dev.parallax.autograd;

import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// One call of an operation in a test: the operation, the shapes of its inputs and where their values come from. It
/// also has the number of terms of the longest sum, with which rounding grows.
final class OpCase {

    /// Where the values of an input come from.
    @FunctionalInterface
    interface Values {
        void fill(RandomStream random, float[] values);
    }

    /// Standard normal.
    static final Values NORMAL = (random, values) -> {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
    };

    /// All different, no two nearer than 0.05, none nearer to 0 than 0.02: for functions with a kink or a choice,
    /// across which differences mean nothing.
    static final Values APART = (random, values) -> {
        int[] order = new int[values.length];
        Arrays.setAll(order, i -> i);
        random.shuffle(order);
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.05f * (order[i] - values.length / 2) + 0.02f;
        }
    };

    private final String label;
    private final Op op;
    private final Shape[] shapes;
    private final Values values;
    private final int terms;

    OpCase(String label, Op op, Values values, int terms, Shape... shapes) {
        this.label = label;
        this.op = op;
        this.values = values;
        this.terms = terms;
        this.shapes = shapes.clone();
    }

    Op op() {
        return op;
    }

    Shape[] shapes() {
        return shapes.clone();
    }

    /// The inputs; the same at every call.
    float[][] inputs() {
        float[][] in = new float[shapes.length][];
        for (int i = 0; i < in.length; i++) {
            in[i] = new float[shapes[i].count()];
            values.fill(new RandomStream(20, 0, 1, i), in[i]);
        }
        return in;
    }

    /// How far a float32 result may be from the exact one: some units in the last place per term of the longest sum.
    /// They are relative to the largest value of the tensor (at least 1, since terms cancel).
    double tolerance(double[] exact) {
        double largest = 1;
        for (double value : exact) {
            largest = Math.max(largest, Math.abs(value));
        }
        return 0x1p-23 * (8 + terms) * largest;
    }

    /// For each input the first input of the same shape: which variables can be one and the same.
    int[] sharedSlots() {
        int[] slots = new int[shapes.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = Arrays.asList(shapes).indexOf(shapes[i]);
        }
        return slots;
    }

    /// For each input itself.
    int[] ownSlots() {
        int[] slots = new int[shapes.length];
        Arrays.setAll(slots, i -> i);
        return slots;
    }

    @Override
    public String toString() {
        return label + " " + Arrays.toString(shapes);
    }
}
