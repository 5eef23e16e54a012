package dev.parallax.fusion;

import dev.parallax.autograd.Sigmoid;
import dev.parallax.autograd.Tanh;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Middle fusion by a gated multimodal unit: with h the pooled states,
///
///     v_m = tanh(W_m h_m)     g = sigmoid(W [h_audio; h_text])     z = head(g v_audio + (1 - g) v_text)
///
/// shapes: h_m [utterances, H_m] -> v_m, g [utterances, width] -> z [utterances, classes]; no biases
/// but the head's.
/// Source: Arevalo et al., "Gated Multimodal Units for Information Fusion", arXiv 1702.01992 (2017).
public final class MiddleGated implements Fusion {

    private final Linear fromAudio;
    private final Linear fromText;
    private final Linear gate;
    private final FusedHead head;

    MiddleGated(Parameters parameters, FusionSizes sizes) {
        int width = sizes.width();
        this.fromAudio = new Linear(parameters, "fusion.audio", sizes.audio(), width, false);
        this.fromText = new Linear(parameters, "fusion.text", sizes.text(), width, false);
        this.gate = new Linear(parameters, "fusion.gate", sizes.audio() + sizes.text(), width, false);
        this.head = new FusedHead(parameters, sizes, width, sizes.firstStream());
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = both.ofAudio(pass, audio.pooled());
        Variable t = both.ofText(pass, text.pooled());
        Variable fromBoth = pass.tape().apply(new Sigmoid(), gate.forward(pass, Rows.concat(pass, a, t)));
        Variable heard = pass.tape().apply(new Tanh(), fromAudio.forward(pass, a));
        Variable read = pass.tape().apply(new Tanh(), fromText.forward(pass, t));
        return head.forward(pass, Rows.gate(pass, fromBoth, heard, read), both.groups());
    }
}
