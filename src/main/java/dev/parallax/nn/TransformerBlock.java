package dev.parallax.nn;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import java.util.function.Function;

/// A transformer block: attention, then two linear layers for each row, each with a residual connection and a
/// LayerNorm, which stands behind the sum or, with `normFirst`, before its branch.
///
///     y = LayerNorm(x + dropout(attention(query x, key and value other)))
///     out = LayerNorm(y + dropout(W_2 f(W_1 y + b_1) + b_2))
///
///     normFirst: y = x + dropout(attention(LayerNorm(x)))
///                out = y + dropout(W_2 f(W_1 LayerNorm(y) + b_1) + b_2)
///
/// In self-attention `other` is x. A causal block's row t reads the rows 0 .. t of the other alone.
/// shapes: x [rows, D], other [others, D] -> [rows, D]; W_1 [hidden, D], W_2 [D, hidden].
/// Source: Vaswani et al., "Attention Is All You Need", 2017; for `normFirst` Xiong et al., "On Layer Normalization in
/// the Transformer Architecture", 2020.
public final class TransformerBlock {

    /// Number of dropout streams that it uses.
    public static final int STREAMS = 3;

    /// @param width            D
    /// @param heads            a divisor of `width`
    /// @param hidden           outputs of W_1
    /// @param activation       f
    /// @param epsilon          of both LayerNorms
    /// @param normFirst        where they stand
    /// @param causal           whether row t reads only the rows 0 .. t
    /// @param dropout          on both branches
    /// @param attentionDropout on the weights of attention
    public record Sizes(
            int width,
            int heads,
            int hidden,
            Activation activation,
            float epsilon,
            boolean normFirst,
            boolean causal,
            float dropout,
            float attentionDropout) {}

    /// What its parts are called, behind the name of the block.
    public record Names(String attention, String attentionNorm, String widen, String narrow, String feedForwardNorm) {}

    private final boolean normFirst;
    private final Activation activation;
    private final MultiHeadAttention attention;
    private final Dropout attended;
    private final LayerNorm attentionNorm;
    private final Linear widen;
    private final Linear narrow;
    private final Dropout changed;
    private final LayerNorm feedForwardNorm;

    /// @param firstStream number of its first dropout; it uses [#STREAMS]
    public TransformerBlock(Parameters parameters, String name, Names names, Sizes sizes, int firstStream) {
        this(parameters, name, names, sizes, 0, firstStream);
    }

    /// With LoRA on the queries and values of its attention: a low-rank addition whose parameters are called
    /// `...loraA` and `...loraB` ([#isAdded]). Whoever wants nothing else to move fixes the others.
    ///
    /// @param rank        of the addition, from 1 to the width; 0 for none
    /// @param firstStream number of its first dropout; it uses [#STREAMS]
    public TransformerBlock(Parameters parameters, String name, Names names, Sizes sizes, int rank, int firstStream) {
        int width = sizes.width;
        this.normFirst = sizes.normFirst;
        this.activation = sizes.activation;
        this.attention = new MultiHeadAttention(
                parameters,
                name + "." + names.attention,
                width,
                sizes.heads,
                sizes.causal,
                sizes.attentionDropout,
                firstStream,
                rank);
        this.attended = new Dropout(sizes.dropout, firstStream + 1);
        this.attentionNorm = new LayerNorm(parameters, name + "." + names.attentionNorm, width, sizes.epsilon);
        this.widen = new Linear(parameters, name + "." + names.widen, width, sizes.hidden);
        this.narrow = new Linear(parameters, name + "." + names.narrow, sizes.hidden, width);
        this.changed = new Dropout(sizes.dropout, firstStream + 2);
        this.feedForwardNorm = new LayerNorm(parameters, name + "." + names.feedForwardNorm, width, sizes.epsilon);
    }

    /// Whether a parameter of this name is one of LoRA, and not of the block itself.
    public static boolean isAdded(String parameter) {
        return LowRankAdaptation.isNameOfOne(parameter);
    }

    /// Self-attention.
    ///
    /// @param x [total, D]
    /// @return [total, D]
    public Variable forward(Pass pass, Variable x, Offsets offsets) {
        return after(pass, x, attention.forward(pass, read(pass, x), offsets), offsets);
    }

    /// Self-attention whose scores have a bias by position.
    ///
    /// @param x         [total, D]
    /// @param positions the bias, given what attention reads, [total, D]: x, or with `normFirst` its LayerNorm
    /// @return [total, D]
    public Variable forward(Pass pass, Variable x, Offsets offsets, Function<Variable, RelativePositions> positions) {
        Variable read = read(pass, x);
        return after(pass, x, attention.forward(pass, read, offsets, positions.apply(read)), offsets);
    }

    private Variable read(Pass pass, Variable x) {
        return normFirst ? attentionNorm.forward(pass, x) : x;
    }

    /// The rows of sequence i of x read those of sequence i of another, which has no LayerNorm before it.
    ///
    /// @param x     [rows, D]
    /// @param other [others, D]
    /// @return [rows, D]
    public Variable forward(Pass pass, Variable x, Offsets offsets, Variable other, Offsets otherOffsets) {
        if (normFirst) {
            throw new IllegalStateException("a block with the norm first reads its own sequence only");
        }
        return after(pass, x, attention.forward(pass, x, offsets, other, otherOffsets), offsets);
    }

    /// The rest of the block behind its attention, which found this.
    private Variable after(Pass pass, Variable x, Variable found, Offsets offsets) {
        Variable sum = pass.tape().apply(new Add(), x, attended.forward(pass, found, offsets));
        if (normFirst) {
            Variable read = feedForwardNorm.forward(pass, sum);
            return pass.tape().apply(new Add(), sum, change(pass, read, offsets));
        }
        Variable y = attentionNorm.forward(pass, sum);
        return feedForwardNorm.forward(pass, pass.tape().apply(new Add(), y, change(pass, y, offsets)));
    }

    private Variable change(Pass pass, Variable y, Offsets offsets) {
        Variable wide = activation.forward(pass, widen.forward(pass, y));
        return changed.forward(pass, narrow.forward(pass, wide), offsets);
    }
}
