package dev.parallax.fusion;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Relu;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.LayerNorm;
import dev.parallax.nn.Linear;
import dev.parallax.nn.MultiHeadAttention;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// A transformer block whose rows read those of another sequence:
///
///     y = LayerNorm(x + dropout(attention(query x, key and value other)))
///     out = LayerNorm(y + dropout(W_2 relu(W_1 y + b_1) + b_2))
///
/// In context, where the encoders see no later turn, row t of x reads the rows 0 .. t of the other alone.
/// shapes: x [rows, D], other [others, D] -> [rows, D]; W_1 [2D, D], W_2 [D, 2D].
/// Source: Vaswani et al., "Attention Is All You Need", 2017 (the decoder's second attention).
final class CrossBlock {

    /// How many streams of dropout it uses.
    static final int STREAMS = 3;

    private final MultiHeadAttention attention;
    private final Dropout attended;
    private final LayerNorm afterAttention;
    private final Linear widen;
    private final Linear narrow;
    private final Dropout changed;
    private final LayerNorm afterFeedForward;

    CrossBlock(Parameters parameters, String name, FusionSizes sizes, int stream) {
        int width = sizes.width();
        float dropout = (float) sizes.dropout();
        float onWeights = (float) sizes.trunk().attentionDropout();
        this.attention = new MultiHeadAttention(
                parameters, name + ".attention", width, sizes.heads(), sizes.causal(), onWeights, stream);
        this.attended = new Dropout(dropout, stream + 1);
        this.afterAttention = new LayerNorm(parameters, name + ".afterAttention", width);
        this.widen = new Linear(parameters, name + ".widen", width, 2 * width);
        this.narrow = new Linear(parameters, name + ".narrow", 2 * width, width);
        this.changed = new Dropout(dropout, stream + 2);
        this.afterFeedForward = new LayerNorm(parameters, name + ".afterFeedForward", width);
    }

    States forward(Pass pass, States x, States other) {
        Variable found = attention.forward(pass, x.rows(), x.offsets(), other.rows(), other.offsets());
        Variable kept = attended.forward(pass, found, x.offsets());
        Variable y = afterAttention.forward(pass, pass.tape().apply(new Add(), x.rows(), kept));
        Variable wide = pass.tape().apply(new Relu(), widen.forward(pass, y));
        Variable change = changed.forward(pass, narrow.forward(pass, wide), x.offsets());
        return x.with(afterFeedForward.forward(pass, pass.tape().apply(new Add(), y, change)));
    }
}
