package dev.parallax.nn;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Add;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.Variable;
import dev.parallax.tensor.Shape;

/// LoRA: an addition of low rank r to a linear map whose own weight stays as it was pretrained.
///
///     y = x Wᵀ + b + (alpha / r) (x Aᵀ) Bᵀ,   alpha = r
///
/// Parameters: `loraA` [r, in], initially uniform in ±1/sqrt(in) (Kaiming-uniform as the authors' code has it), and
/// `loraB` [out, r], initially zero, so that the map starts as it was. With alpha = r the factor is 1 for every rank.
/// So it is for RoBERTa base in appendix D of the paper.
/// shapes: x [rows, in], y [rows, out].
/// Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", ICLR 2022.
final class LowRankAdaptation {

    private static final String A = ".loraA";
    private static final String B = ".loraB";

    private final Parameter a;
    private final Parameter b;

    /// @param name of the map
    /// @param rank r, from 1 to the smaller of `in` and `out`
    LowRankAdaptation(Parameters parameters, String name, int in, int out, int rank) {
        if (rank < 1 || rank > Math.min(in, out)) {
            throw new BadInputException(
                    name + ": the rank of its adaptation is " + rank + ", must be in [1, " + Math.min(in, out) + "]");
        }
        this.a = parameters.add(name + A, Shape.of(rank, in), Initializer.byFanIn(in));
        this.b = parameters.add(name + B, Shape.of(out, rank), Initializer.zeros());
    }

    /// Whether a parameter of this name belongs to an adaptation.
    static boolean isNameOfOne(String parameter) {
        return parameter.endsWith(A) || parameter.endsWith(B);
    }

    /// @param x      [rows, in]
    /// @param mapped what the map itself makes of x, [rows, out]
    /// @return [rows, out]
    Variable forward(Pass pass, Variable x, Variable mapped) {
        Variable narrow = pass.tape().apply(new Affine(), x, pass.variable(a));
        Variable addition = pass.tape().apply(new Affine(), narrow, pass.variable(b));
        return pass.tape().apply(new Add(), mapped, addition);
    }
}
