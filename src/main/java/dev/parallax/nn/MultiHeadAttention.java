package dev.parallax.nn;

import dev.parallax.autograd.Affine;
import dev.parallax.autograd.Attention;
import dev.parallax.autograd.BiasedAttention;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Multi-head attention, self or cross: y = (heads of softmax(Q Kᵀ / sqrt(d)) V) Wₒᵀ + bₒ with Q, K, V affine in the
/// inputs. Parameters: `inWeight` [3D, D] = [query; key; value] (Xavier-uniform), `inBias` [3D] (zero), `out.weight`
/// [D, D] (uniform in ±1/sqrt(D)), `out.bias` [D] (zero). Dropout on the weights, in training.
/// With a rank, the maps to Q and V have an addition of low rank ([LowRankAdaptation]), as its authors chose:
/// `query.loraA`, `query.loraB`, `value.loraA`, `value.loraB`.
/// Source: Vaswani et al., "Attention Is All You Need", 2017; parameters and their initial values as in PyTorch.
public final class MultiHeadAttention {

    private final int width;
    private final int heads;
    private final boolean causal;
    private final float dropout;
    private final int dropoutStream;
    private final Parameter inWeight;
    private final Parameter inBias;
    private final Parameter outWeight;
    private final Parameter outBias;
    private final @Nullable LowRankAdaptation query;
    private final @Nullable LowRankAdaptation value;

    /// @param width         D, features of queries, keys, values and result
    /// @param heads         a divisor of `width`
    /// @param causal        whether row t reads only the rows 0 .. t; then there are as many keys as queries
    /// @param dropout       probability that an attention weight is dropped
    /// @param dropoutStream which dropout of the model this is
    public MultiHeadAttention(
            Parameters parameters,
            String name,
            int width,
            int heads,
            boolean causal,
            float dropout,
            int dropoutStream) {
        this(parameters, name, width, heads, causal, dropout, dropoutStream, 0);
    }

    /// @param rank of what is added to the maps to Q and V, from 1 to `width`; 0 for nothing
    MultiHeadAttention(
            Parameters parameters,
            String name,
            int width,
            int heads,
            boolean causal,
            float dropout,
            int dropoutStream,
            int rank) {
        this.width = width;
        this.heads = heads;
        this.causal = causal;
        this.dropout = dropout;
        this.dropoutStream = dropoutStream;
        this.inWeight = parameters.addFactor(
                name + ".inWeight", Shape.of(3 * width, width), 3, Initializer.xavier(width, 3 * width));
        this.inBias = parameters.add(name + ".inBias", Shape.of(3 * width), Initializer.zeros());
        this.outWeight =
                parameters.addFactor(name + ".out.weight", Shape.of(width, width), 1, Initializer.byFanIn(width));
        this.outBias = parameters.add(name + ".out.bias", Shape.of(width), Initializer.zeros());
        this.query = rank == 0 ? null : new LowRankAdaptation(parameters, name + ".query", width, width, rank);
        this.value = rank == 0 ? null : new LowRankAdaptation(parameters, name + ".value", width, width, rank);
    }

    /// Self-attention: every row of a sequence reads all rows of the same sequence, or if causal those up to itself.
    ///
    /// @param x [total, D]
    /// @return [total, D]
    public Variable forward(Pass pass, Variable x, Offsets offsets) {
        return forward(pass, x, offsets, x, offsets);
    }

    /// Self-attention whose scores have a bias by position.
    ///
    /// @param x [total, D]
    /// @return [total, D]
    public Variable forward(Pass pass, Variable x, Offsets offsets, RelativePositions positions) {
        AttentionSizes sizes = new AttentionSizes(offsets, offsets, width, heads, causal);
        DropoutMask mask = pass.dropoutMask(dropout, dropoutStream);
        Variable attended = pass.tape()
                .apply(
                        new BiasedAttention(sizes, mask, positions.reach(), positions.free()),
                        project(pass, x, 0, query),
                        project(pass, x, 1, null),
                        project(pass, x, 2, value),
                        positions.table(),
                        positions.gate());
        return pass.tape().apply(new Affine(), attended, pass.variable(outWeight), pass.variable(outBias));
    }

    /// Cross-attention: the rows of query sequence i read the rows of key sequence i.
    ///
    /// @param queries  what is mapped to them, [queries, D]
    /// @param keyValue [keys, D]
    /// @return [queries, D]
    public Variable forward(Pass pass, Variable queries, Offsets queryOffsets, Variable keyValue, Offsets keyOffsets) {
        AttentionSizes sizes = new AttentionSizes(queryOffsets, keyOffsets, width, heads, causal);
        Variable attended = pass.tape()
                .apply(
                        new Attention(sizes, pass.dropoutMask(dropout, dropoutStream)),
                        project(pass, queries, 0, query),
                        project(pass, keyValue, 1, null),
                        project(pass, keyValue, 2, value));
        return pass.tape().apply(new Affine(), attended, pass.variable(outWeight), pass.variable(outBias));
    }

    /// Query (0), key (1) or value (2) of every row.
    private Variable project(Pass pass, Variable x, int part, @Nullable LowRankAdaptation adaptation) {
        Variable weight = pass.variable(inWeight).rows(part * width, width);
        Variable bias = pass.variable(inBias).rows(part * width, width);
        Variable mapped = pass.tape().apply(new Affine(), x, weight, bias);
        return adaptation == null ? mapped : adaptation.forward(pass, x, mapped);
    }
}
