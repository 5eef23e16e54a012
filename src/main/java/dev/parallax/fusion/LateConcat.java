package dev.parallax.fusion;

import dev.parallax.autograd.ConcatColumns;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Late fusion by a linear map of both: z = W [z_audio; z_text], no bias. Parameter `fusion.mix.weight` [C, 2C].
/// shapes: z_audio, z_text [utterances, classes] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023.
public final class LateConcat implements Fusion {

    private final Linear mix;

    LateConcat(Parameters parameters, FusionSizes sizes) {
        this.mix = new Linear(parameters, "fusion.mix", 2 * sizes.classes(), sizes.classes(), false);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable logits = pass.tape()
                .apply(new ConcatColumns(), both.ofAudio(pass, audio.logits()), both.ofText(pass, text.logits()));
        return mix.forward(pass, logits);
    }
}
