package dev.parallax.fusion;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.ConcatColumns;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Scale;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;

/// What several strategies do with the rows of two modalities, composed of operations that exist.
final class Rows {

    private Rows() {}

    /// y_i = x_rows[i]. shapes: x [entries, D] -> y [rows, D]; nothing is copied where it is all rows
    /// in their order.
    static Variable choose(Pass pass, Variable x, int... rows) {
        boolean all = rows.length == x.shape().rows();
        for (int i = 0; all && i < rows.length; i++) {
            all = rows[i] == i;
        }
        return all ? x : pass.tape().apply(new GatherRows(pass.backend(), rows), x);
    }

    /// Side by side, [a | t]. shapes: a [rows, A], t [rows, T] -> [rows, A + T].
    static Variable concat(Pass pass, Variable a, Variable t) {
        return pass.tape().apply(new ConcatColumns(), a, t);
    }

    /// In turn: row 2i is row i of a, row 2i + 1 is row i of t. shapes: a, t [rows, D] -> [2 rows, D].
    static Variable interleave(Pass pass, Variable a, Variable t) {
        return concat(pass, a, t).reshape(2 * a.shape().rows(), a.shape().columns());
    }

    /// A column, beside itself `columns` times. shapes: x [rows, 1] -> [rows, columns].
    static Variable spread(Pass pass, Variable x, int columns) {
        return pass.tape().apply(new Affine(), x, ones(pass, columns));
    }

    /// A gate between two: g a + (1 - g) t, computed as t + g (a - t). shapes: all [rows, D].
    static Variable gate(Pass pass, Variable g, Variable a, Variable t) {
        Variable difference = pass.tape().apply(new Add(), a, pass.tape().apply(new Scale(-1), t));
        return pass.tape().apply(new Add(), t, pass.tape().apply(new Multiply(), g, difference));
    }

    /// Each row with a one appended: [x | 1]. shapes: x [rows, D] -> [rows, D + 1].
    static Variable withOne(Pass pass, Variable x) {
        return concat(pass, x, ones(pass, x.shape().rows()));
    }

    /// The outer product of each row of a with the same row of t: y_(i B + j) = a_i t_j.
    /// shapes: a [rows, A], t [rows, B] -> y [rows, A B].
    static Variable outer(Pass pass, Variable a, Variable t) {
        int rows = a.shape().rows();
        int size = a.shape().columns();
        int other = t.shape().columns();
        int[] repeated = new int[rows * size];
        Arrays.setAll(repeated, i -> i / size);
        Variable left = spread(pass, a.reshape(rows * size, 1), other);
        Variable right = pass.tape().apply(new GatherRows(pass.backend(), repeated), t);
        return pass.tape().apply(new Multiply(), left, right).reshape(rows, size * other);
    }

    /// The sum of every `count` rows that follow each other. shapes: x [count rows, D] -> [rows, D].
    static Variable sumOf(Pass pass, int count, Variable x) {
        int[] lengths = new int[x.shape().rows() / count];
        Arrays.fill(lengths, count);
        Variable mean = pass.tape().apply(new SequenceMean(Offsets.ofLengths(lengths)), x);
        return pass.tape().apply(new Scale(count), mean);
    }

    private static Variable ones(Pass pass, int rows) {
        float[] ones = new float[rows];
        Arrays.fill(ones, 1);
        return pass.tape().constant(Tensor.of(pass.backend(), Shape.of(rows, 1), ones));
    }
}
