package dev.parallax.nn;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Gelu;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Relu;
import dev.parallax.autograd.Scale;
import dev.parallax.autograd.Tanh;
import dev.parallax.autograd.Variable;

/// The function behind a linear layer, element by element.
public enum Activation {
    /// x itself.
    NONE,
    /// max(x, 0).
    RELU,
    /// x Φ(x), Φ the share of the standard normal distribution below x.
    GELU,
    /// Its approximation x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
    GELU_TANH;

    private static final float ROOT = (float) Math.sqrt(2 / Math.PI);
    private static final float CUBIC = 0.044715f;

    /// @param x [*]
    /// @return [*]
    public Variable forward(Pass pass, Variable x) {
        return switch (this) {
            case NONE -> x;
            case RELU -> pass.tape().apply(new Relu(), x);
            case GELU -> pass.tape().apply(new Gelu(), x);
            case GELU_TANH -> geluTanh(pass, x);
        };
    }

    private static Variable geluTanh(Pass pass, Variable x) {
        Variable square = pass.tape().apply(new Multiply(), x, x);
        Variable cube = pass.tape().apply(new Scale(CUBIC), pass.tape().apply(new Multiply(), square, x));
        Variable inner = pass.tape().apply(new Scale(ROOT), pass.tape().apply(new Add(), x, cube));
        Variable product = pass.tape().apply(new Multiply(), x, pass.tape().apply(new Tanh(), inner));
        return pass.tape().apply(new Scale(0.5f), pass.tape().apply(new Add(), x, product));
    }
}
