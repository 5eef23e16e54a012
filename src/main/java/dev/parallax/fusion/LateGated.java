package dev.parallax.fusion;

import dev.parallax.autograd.Sigmoid;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Late fusion by a gate for each class: g = sigmoid(W [z_audio; z_text]), z = g z_audio + (1 - g)
/// z_text. The gate looks at both logit vectors, so this is no sum: how much audio counts may depend on
/// what the text says.
/// shapes: z_audio, z_text [utterances, C] -> g, z [utterances, C]; W [C, 2C] without bias.
/// Source: the gated multimodal unit of Arevalo et al., arXiv 1702.01992 (2017), on logits.
public final class LateGated implements Fusion {

    private final Linear gate;

    LateGated(Parameters parameters, FusionSizes sizes) {
        this.gate = new Linear(parameters, "fusion.gate", 2 * sizes.classes(), sizes.classes(), false);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = both.ofAudio(pass, audio.logits());
        Variable t = both.ofText(pass, text.logits());
        Variable g = pass.tape().apply(new Sigmoid(), gate.forward(pass, Rows.concat(pass, a, t)));
        return Rows.gate(pass, g, a, t);
    }
}
