package dev.parallax.trace;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.Attention;
import dev.parallax.autograd.BiasedAttention;
import dev.parallax.autograd.ConcatColumns;
import dev.parallax.autograd.Convolution;
import dev.parallax.autograd.CrossEntropy;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Gelu;
import dev.parallax.autograd.GruSequence;
import dev.parallax.autograd.InstanceNormalization;
import dev.parallax.autograd.InvertedDropout;
import dev.parallax.autograd.LayerNormalization;
import dev.parallax.autograd.LayerSum;
import dev.parallax.autograd.LogSoftmax;
import dev.parallax.autograd.LstmSequence;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Op;
import dev.parallax.autograd.Relu;
import dev.parallax.autograd.SavingOp;
import dev.parallax.autograd.Scale;
import dev.parallax.autograd.SequenceMax;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Sigmoid;
import dev.parallax.autograd.Softmax;
import dev.parallax.autograd.Tanh;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;

/// What an operation is, in words and numbers. `offsets` are the rows at which sequences begin, and their end.
///
/// @param what     it is called
/// @param formula  of its result y, given its inputs in their order
/// @param settings all that belongs to the operation itself
record OpText(String what, String formula, JsonObject settings) {

    private static final String OFFSETS = "offsets";

    static OpText of(Op op) {
        return switch (op) {
            case Add _ -> plain("add", "y = a + b");
            case Multiply _ -> plain("multiply", "y = a ∘ b");
            case Affine _ -> plain("affine", "y = x Wᵀ + b; without b where there are two inputs");
            case ConcatColumns _ -> plain("columns side by side", "y = [x_0 | x_1 | ...]");
            case Relu _ -> plain("relu", "y = max(x, 0)");
            case Gelu _ -> plain("gelu", "y = x Φ(x)");
            case Sigmoid _ -> plain("sigmoid", "y = 1 / (1 + exp(-x))");
            case Tanh _ -> plain("tanh", "y = tanh x");
            case Softmax _ -> plain("softmax", "y_c = exp(x_c) / Σ exp(x), row by row");
            case LogSoftmax _ -> plain("log-softmax", "y_c = x_c - log Σ exp(x), row by row");
            case LayerSum _ -> plain("sum of layers", "y[r, f] = Σ_l w[l] x[r, l · features + f]");
            case Scale scale ->
                new OpText("scale", "y = factor · x", Json.object().with("factor", scale.factor()));
            case LayerNormalization norm ->
                new OpText(
                        "layer normalisation",
                        "y = γ (x - mean) / √(variance + ε) + β, row by row",
                        Json.object().with("epsilon", norm.epsilon()));
            case InstanceNormalization norm ->
                new OpText(
                        "normalisation over time",
                        "y = γ (x - mean) / √(variance + ε) + β, column by column of a sequence",
                        of(norm.offsets()).with("epsilon", norm.epsilon()));
            case GatherRows rows ->
                new OpText("rows by index", "y[i] = x[ids[i]]", Json.object().with("ids", rows.ids()));
            case SequenceMean mean ->
                new OpText("mean of rows", "y[i] = mean of the rows of sequence i", of(mean.offsets()));
            case SequenceMax max ->
                new OpText("largest of rows", "y[i] = largest value of each column of sequence i", of(max.offsets()));
            case GruSequence gru ->
                new OpText(
                        "gru",
                        "r, z = σ(p + U h' + c), n = tanh(p_n + r (U_n h' + c_n)), y = h = (1 - z) n + z h'",
                        of(gru.sizes()));
            case LstmSequence lstm ->
                new OpText(
                        "lstm",
                        "i, f, o = σ(p + U h' + c), g = tanh(...), cell = f cell' + i g, h = o tanh(cell), y = [h, cell]",
                        of(lstm.sizes()));
            case Attention attention ->
                new OpText(
                        "attention",
                        "y = softmax(Q Kᵀ / √d) V, head by head",
                        of(attention.sizes()).with("dropout", of(attention.mask())));
            case BiasedAttention attention ->
                new OpText(
                        "attention with a bias by position",
                        "y = softmax(Q Kᵀ / √d + gate · table[distance]) V, head by head",
                        of(attention.sizes())
                                .with("reach", attention.reach())
                                .with("free", attention.free())
                                .with("dropout", of(attention.mask())));
            case Convolution convolution ->
                new OpText(
                        "convolution",
                        "y[t, o] = b[o] + Σ_k Σ_i W[o, i, k] x[stride · t + k - padding, i]",
                        of(convolution.sizes()));
            case InvertedDropout dropout ->
                new OpText("dropout", "y = mask ∘ x", of(dropout.offsets()).with("dropout", of(dropout.mask())));
            case CrossEntropy _ ->
                plain(
                        "cross-entropy",
                        "L = -scale Σ_r Σ_c target[r, c] log softmax(z_r)_c, targets smoothed and weighted");
        };
    }

    /// What an operation saves beside its result, in words. The settings are those of the operation.
    static OpText ofSaved(SavingOp op) {
        OpText its = of(op);
        return switch (op) {
            case Attention _, BiasedAttention _ ->
                new OpText(its.what + ": log-sum-exp", "s[i, head] = log Σ_j exp(score[i, j, head])", its.settings);
            case CrossEntropy _ -> new OpText(its.what + ": probabilities", "p = softmax(z), row by row", its.settings);
            case GruSequence _ ->
                new OpText(its.what + ": gates", "[r | z | n | U_n h' + c_n], step by step", its.settings);
            case LstmSequence _ -> new OpText(its.what + ": gates", "[i | f | g | o], step by step", its.settings);
            case LayerNormalization _ ->
                new OpText(its.what + ": statistics", "[mean, 1 / √(variance + ε)], row by row", its.settings);
            case InstanceNormalization _ ->
                new OpText(
                        its.what + ": statistics",
                        "means, then 1 / √(variance + ε), sequence by sequence",
                        its.settings);
        };
    }

    private static OpText plain(String what, String formula) {
        return new OpText(what, formula, Json.object());
    }

    private static JsonObject of(Offsets offsets) {
        return Json.object().with(OFFSETS, offsets.starts());
    }

    private static JsonObject of(Recurrence sizes) {
        return of(sizes.offsets()).with("hidden", sizes.hidden()).with("reverse", sizes.reverse());
    }

    private static JsonObject of(AttentionSizes sizes) {
        return Json.object()
                .with("queries", sizes.queries().starts())
                .with("keys", sizes.keys().starts())
                .with("width", sizes.width())
                .with("heads", sizes.heads())
                .with("causal", sizes.causal());
    }

    private static JsonObject of(ConvolutionSizes sizes) {
        return Json.object()
                .with("in", sizes.in().starts())
                .with("out", sizes.out().starts())
                .with("inputs", sizes.inputs())
                .with("outputs", sizes.outputs())
                .with("kernel", sizes.kernel())
                .with("stride", sizes.stride())
                .with("padding", sizes.padding())
                .with("groups", sizes.groups());
    }

    /// The probability of dropout: 0 in every answer.
    private static double of(DropoutMask mask) {
        return mask.keepsAll() ? 0 : 1 - 1.0 / mask.scale();
    }
}
