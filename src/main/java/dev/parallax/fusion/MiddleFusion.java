package dev.parallax.fusion;

import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Sigmoid;
import dev.parallax.autograd.Tanh;
import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusionLayers.AtFusion;
import dev.parallax.fusion.FusionLayers.CommonWidth;
import dev.parallax.fusion.FusionLayers.Head;
import dev.parallax.fusion.FusionLayers.Operator;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Fusion of the pooled states h, one row per utterance, and what follows their operator:
///
///     z = M(operator(h_audio, h_text))     M(x) = head(tanh(Linear(x)))     head(x) = Linear(dropout(x))
///
/// shapes: h_m [utterances, H_m] -> operator [utterances, in] -> tanh [utterances, width] -> z [utterances, classes].
/// Source, where no other is named: Wu, Lu, Dai, ICASSP 2023, and the authors' code.
public final class MiddleFusion implements Fusion {

    private static final int REDUCED = 32; // features of each modality in an outer product
    private static final int RANK = 4; // of a weight tensor

    private final Operator operator;
    private final @Nullable Linear hidden; // null where the operator does what it does
    private final Head head;

    private MiddleFusion(Operator operator, @Nullable Linear hidden, Head head) {
        this.operator = operator;
        this.hidden = hidden;
        this.head = head;
    }

    /// M behind an operator.
    ///
    /// @param in     features of what the operator makes
    /// @param stream of the dropout
    private static MiddleFusion of(Operator operator, Parameters parameters, Sizes sizes, int in, int stream) {
        Linear hidden = new Linear(parameters, "fusion.hidden", in, sizes.width());
        return new MiddleFusion(operator, hidden, new Head(parameters, sizes, sizes.width(), stream));
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = both.ofAudio(pass, audio.pooled());
        Variable t = both.ofText(pass, text.pooled());
        Variable x = operator.of(pass, a, t, both.groups());
        Variable rows = hidden == null ? x : pass.tape().apply(new Tanh(), hidden.forward(pass, x));
        return head.forward(pass, rows, both.groups());
    }

    /// `middle-add`: z = M(h_audio + h_text), each brought to `width` where it has another.
    static MiddleFusion add(Parameters parameters, Sizes sizes) {
        Operator add = new CommonWidth(parameters, sizes).then(FusionLayers.ADD);
        return of(add, parameters, sizes, sizes.width(), sizes.firstStream());
    }

    /// `middle-product`: z = M(h_audio h_text), element by element, each brought to `width` where it has another.
    static MiddleFusion product(Parameters parameters, Sizes sizes) {
        Operator product = new CommonWidth(parameters, sizes).then(FusionLayers.PRODUCT);
        return of(product, parameters, sizes, sizes.width(), sizes.firstStream());
    }

    /// `middle-concat`: z = M([h_audio; h_text]), the usual baseline ("feature fusion") of multimodal learning.
    static MiddleFusion concat(Parameters parameters, Sizes sizes) {
        return of(FusionLayers.CONCAT, parameters, sizes, sizes.audio() + sizes.text(), sizes.firstStream());
    }

    /// `middle-attention`: z = M(AT(h_audio, h_text)) with [AtFusion], each brought to `width` where it has another.
    static MiddleFusion attention(Parameters parameters, Sizes sizes) {
        CommonWidth common = new CommonWidth(parameters, sizes);
        AtFusion attention = new AtFusion(parameters, sizes, sizes.width(), sizes.firstStream());
        return of(common.then(attention), parameters, sizes, sizes.width(), sizes.firstStream() + 1);
    }

    /// `middle-gated`, a gated multimodal unit:
    ///
    ///     v_m = tanh(W_m h_m)     g = sigmoid(W [h_audio; h_text])     z = head(g v_audio + (1 - g) v_text)
    ///
    /// shapes: v_m, g [utterances, width]; no biases but the head's.
    /// Source: Arevalo et al., "Gated Multimodal Units for Information Fusion", arXiv 1702.01992 (2017).
    static MiddleFusion gated(Parameters parameters, Sizes sizes) {
        int width = sizes.width();
        Linear fromAudio = new Linear(parameters, "fusion.audio", sizes.audio(), width, false);
        Linear fromText = new Linear(parameters, "fusion.text", sizes.text(), width, false);
        Linear gate = new Linear(parameters, "fusion.gate", sizes.audio() + sizes.text(), width, false);
        Operator gated = (pass, a, t, _) -> {
            Variable g = pass.tape().apply(new Sigmoid(), gate.forward(pass, FusionLayers.concat(pass, a, t)));
            Variable heard = pass.tape().apply(new Tanh(), fromAudio.forward(pass, a));
            Variable read = pass.tape().apply(new Tanh(), fromText.forward(pass, t));
            return FusionLayers.gate(pass, g, heard, read);
        };
        return new MiddleFusion(gated, null, new Head(parameters, sizes, width, sizes.firstStream()));
    }

    /// `middle-tensor`, the outer product of both, with ones appended so that each alone stays in it: with
    /// k = min(32, width),
    ///
    ///     u_m = tanh(W_m h_m + b_m)     T = [u_audio; 1] outer [u_text; 1]     z = M(T)
    ///
    /// Every product of an audio feature with a text feature has a weight of its own.
    /// shapes: u_m [utterances, k] -> T [utterances, (k+1)²].
    /// Source: Zadeh et al., "Tensor Fusion Network for Multimodal Sentiment Analysis", EMNLP 2017.
    static MiddleFusion tensor(Parameters parameters, Sizes sizes) {
        int reduced = Math.min(REDUCED, sizes.width());
        Linear fromAudio = new Linear(parameters, "fusion.audio", sizes.audio(), reduced);
        Linear fromText = new Linear(parameters, "fusion.text", sizes.text(), reduced);
        Operator tensor = (pass, a, t, _) -> {
            Variable heard = pass.tape().apply(new Tanh(), fromAudio.forward(pass, a));
            Variable read = pass.tape().apply(new Tanh(), fromText.forward(pass, t));
            return outer(pass, withOne(pass, heard), withOne(pass, read));
        };
        return of(tensor, parameters, sizes, (reduced + 1) * (reduced + 1), sizes.firstStream());
    }

    /// `middle-lowrank`, an outer product whose weight tensor has rank R = 4, so that the product is never formed:
    ///
    ///     v = sum over r of (A_r [h_audio; 1]) (T_r [h_text; 1])     z = M(v)
    ///
    /// shapes: v [utterances, width]; A_r, T_r [width, H_m + 1].
    /// Source: Liu et al., "Efficient Low-rank Multimodal Fusion with Modality-Specific Factors", ACL 2018;
    /// there v is the answer itself, here it is followed by what follows every middle operator.
    static MiddleFusion lowRank(Parameters parameters, Sizes sizes) {
        int width = sizes.width();
        Linear fromAudio = new Linear(parameters, "fusion.audio", sizes.audio(), RANK * width); // A_r below each other
        Linear fromText = new Linear(parameters, "fusion.text", sizes.text(), RANK * width);
        Operator lowRank = (pass, a, t, _) -> {
            Variable products =
                    pass.tape().apply(new Multiply(), fromAudio.forward(pass, a), fromText.forward(pass, t));
            return FusionLayers.sumOf(
                    pass, RANK, products.reshape(RANK * a.shape().rows(), width));
        };
        return of(lowRank, parameters, sizes, width, sizes.firstStream());
    }

    /// Each row with a one appended: [x | 1]. shapes: x [rows, D] -> [rows, D + 1].
    private static Variable withOne(Pass pass, Variable x) {
        return FusionLayers.concat(pass, x, FusionLayers.ones(pass, x.shape().rows()));
    }

    /// The outer product of each row of a with the same row of t: y_(i B + j) = a_i t_j.
    /// shapes: a [rows, A], t [rows, B] -> y [rows, A B].
    private static Variable outer(Pass pass, Variable a, Variable t) {
        int rows = a.shape().rows();
        int size = a.shape().columns();
        int other = t.shape().columns();
        int[] repeated = new int[rows * size];
        Arrays.setAll(repeated, i -> i / size);
        Variable left = FusionLayers.spread(pass, a.reshape(rows * size, 1), other);
        Variable right = pass.tape().apply(new GatherRows(repeated), t);
        return pass.tape().apply(new Multiply(), left, right).reshape(rows, size * other);
    }
}
