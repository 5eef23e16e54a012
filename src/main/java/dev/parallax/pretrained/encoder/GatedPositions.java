package dev.parallax.pretrained.encoder;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Sigmoid;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// How strongly a row of WavLM heeds the distance of others, head by head. With x_h the columns of head h in what the
/// attention of the layer reads:
///
///     p = W x_h + b   (8 numbers)
///     a = sigmoid(p_0 + p_1 + p_2 + p_3),  r = sigmoid(p_4 + p_5 + p_6 + p_7)
///     gate = a (r · c_h - 1) + 2
///
/// shapes: x [rows, D] -> gates [rows, heads].
/// Source: Chen et al., "WavLM", 2022, section III-B; the numbers as in transformers, modeling_wavlm.py.
final class GatedPositions {

    private static final int NUMBERS = 8;

    private final int heads;
    private final int headWidth;
    private final Linear linear;
    private final Parameter factor; // c

    /// @param name of the attention
    GatedPositions(Parameters parameters, String name, int width, int heads) {
        this.heads = heads;
        this.headWidth = width / heads;
        this.linear = new Linear(parameters, name + ".gru_rel_pos_linear", headWidth, NUMBERS);
        this.factor = parameters.add(name + ".gru_rel_pos_const", Shape.of(1, heads, 1, 1), Initializer.constant(1));
    }

    Variable gates(Pass pass, Variable x) {
        int rows = x.shape().size(0);
        Variable numbers = linear.forward(pass, x.reshape(rows * heads, headWidth));
        Variable a = half(pass, numbers, 0).reshape(rows, heads);
        Variable r = half(pass, numbers, NUMBERS / 2).reshape(rows, heads);
        Variable c = pass.tape()
                .apply(new GatherRows(new int[rows]), pass.variable(factor).reshape(1, heads));
        Variable inner =
                pass.tape().apply(new Add(), pass.tape().apply(new Multiply(), r, c), constant(pass, rows, -1));
        Variable product = pass.tape().apply(new Multiply(), a, inner);
        return pass.tape().apply(new Add(), product, constant(pass, rows, 2));
    }

    /// The sigmoid of the sum of four of the numbers, which is a product with ones.
    private static Variable half(Pass pass, Variable numbers, int from) {
        float[] ones = new float[NUMBERS];
        Arrays.fill(ones, from, from + NUMBERS / 2, 1);
        Variable sum = pass.tape().apply(new Affine(), numbers, pass.tape().constant(Shape.of(1, NUMBERS), ones));
        return pass.tape().apply(new Sigmoid(), sum);
    }

    private Variable constant(Pass pass, int rows, float value) {
        float[] values = new float[rows * heads];
        Arrays.fill(values, value);
        return pass.tape().constant(Shape.of(rows, heads), values);
    }
}
