package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Middle fusion by concatenation: z = head(tanh(Linear([h_audio; h_text]))), h the pooled states.
/// shapes: h_m [utterances, H_m] -> [utterances, H_audio + H_text] -> [utterances, width] -> z
/// [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023; the usual baseline ("feature fusion") of multimodal learning.
public final class MiddleConcat implements Fusion {

    private final MiddleHead head;

    MiddleConcat(Parameters parameters, FusionSizes sizes) {
        this.head = new MiddleHead(parameters, sizes, sizes.audio() + sizes.text(), sizes.firstStream());
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = both.ofAudio(pass, audio.pooled());
        Variable t = both.ofText(pass, text.pooled());
        return head.forward(pass, Rows.concat(pass, a, t), both.groups());
    }
}
