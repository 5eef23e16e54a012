package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Late fusion by concatenation: z = W [z_audio; z_text], without bias. Late add is its special case W
/// = [I | I]; beyond it, it can mix classes and weigh each logit, and is still a sum of what each
/// modality says.
/// shapes: z_audio, z_text [utterances, C] -> z [utterances, C]; W [C, 2C].
/// Source: Wu, Lu, Dai, ICASSP 2023.
public final class LateConcat implements Fusion {

    private final Linear mix;

    LateConcat(Parameters parameters, FusionSizes sizes) {
        this.mix = new Linear(parameters, "fusion.mix", 2 * sizes.classes(), sizes.classes(), false);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = both.ofAudio(pass, audio.logits());
        Variable t = both.ofText(pass, text.logits());
        return mix.forward(pass, Rows.concat(pass, a, t));
    }
}
