package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Late fusion by attention over the modalities: [AtFusion] of the two logit vectors, D = C.
/// shapes: z_audio, z_text [utterances, C] -> z [utterances, C].
/// Source: Wu, Lu, Dai, ICASSP 2023; its omega is never trained, ours is by default.
public final class LateAttention implements Fusion {

    private final AtFusion attention;

    LateAttention(Parameters parameters, FusionSizes sizes) {
        this.attention = new AtFusion(parameters, sizes, sizes.classes(), sizes.firstStream());
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = both.ofAudio(pass, audio.logits());
        Variable t = both.ofText(pass, text.logits());
        return attention.forward(pass, a, t, both.groups());
    }
}
