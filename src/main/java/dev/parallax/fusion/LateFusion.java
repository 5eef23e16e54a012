package dev.parallax.fusion;

import dev.parallax.autograd.Affine;
import dev.parallax.autograd.Sigmoid;
import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusionLayers.AtFusion;
import dev.parallax.fusion.FusionLayers.Operator;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;

/// Fusion of logits: each perspective has decided for itself, and z = operator(z_audio, z_text). An example with
/// numbers is in `docs/fusion.md`.
/// shapes: z_audio, z_text [utterances, C] -> z [utterances, C].
/// Source, where no other is named: Wu, Lu, Dai, ICASSP 2023.
public final class LateFusion implements Fusion {

    private final Operator operator;

    private LateFusion(Operator operator) {
        this.operator = operator;
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = both.ofAudio(pass, audio.logits());
        Variable t = both.ofText(pass, text.logits());
        return operator.of(pass, a, t, both.groups());
    }

    /// `late-add`: z = z_audio + z_text. Without parameters; the product of the two perspectives' probabilities,
    /// renormalised.
    public static LateFusion add() {
        return new LateFusion(FusionLayers.ADD);
    }

    /// `late-product`: z = z_audio z_text, element by element. Without parameters.
    ///
    /// To be read with care: logits have no zero of their own. Adding a constant to all logits of a perspective
    /// changes none of its probabilities, but changes this product. Two negative logits, both against a class,
    /// become support for it. It is here since the study asks for it. The product of the *probabilities* is
    /// [#add].
    /// Source: older code of Wu, Lu, Dai, ICASSP 2023.
    static LateFusion product() {
        return new LateFusion(FusionLayers.PRODUCT);
    }

    /// `late-concat`: z = W [z_audio; z_text], without bias. Late add is its special case W = [I | I]; beyond it,
    /// it can mix classes and weigh each logit, and is still a sum of one term per modality. W [C, 2C].
    static LateFusion concat(Parameters parameters, Sizes sizes) {
        return new LateFusion(FusionLayers.mix(parameters, sizes.classes()));
    }

    /// `late-attention`: z = AT(z_audio, z_text), [AtFusion] with D = C.
    static LateFusion attention(Parameters parameters, Sizes sizes) {
        return new LateFusion(new AtFusion(parameters, sizes, sizes.classes(), sizes.firstStream()));
    }

    /// `late-weighted`: z = w_audio z_audio + w_text z_text. The two weights are trained and start at 1, which is
    /// late add. They scale how sure a whole modality is, for every utterance alike. w [1, 2].
    /// Source: the weighted sum of Kittler et al., IEEE TPAMI 20 (1998), on logits.
    static LateFusion weighted(Parameters parameters) {
        Parameter weights = parameters.add("fusion.weights", Shape.of(1, 2), Initializer.constant(1));
        return new LateFusion((pass, a, t, _) -> {
            int count = a.shape().count();
            Variable pairs = FusionLayers.concat(pass, a.reshape(count, 1), t.reshape(count, 1)); // one row a logit
            Variable sums = pass.tape().apply(new Affine(), pairs, pass.variable(weights));
            return sums.reshape(a.shape().rows(), a.shape().columns());
        });
    }

    /// `late-gated`: a gate for each class, g = sigmoid(W [z_audio; z_text]), z = g z_audio + (1 - g) z_text. The
    /// gate looks at both logit vectors, so this is no sum: the weight of audio may depend on the text. W [C, 2C]
    /// without bias.
    /// Source: the gated multimodal unit of Arevalo et al., arXiv 1702.01992 (2017), on logits.
    static LateFusion gated(Parameters parameters, Sizes sizes) {
        Linear gate = new Linear(parameters, "fusion.gate", 2 * sizes.classes(), sizes.classes(), false);
        return new LateFusion((pass, a, t, _) -> {
            Variable g = pass.tape().apply(new Sigmoid(), gate.forward(pass, FusionLayers.concat(pass, a, t)));
            return FusionLayers.gate(pass, g, a, t);
        });
    }
}
