package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Early fusion by concatenation: z = trunk(W [x_audio; x_text]) token by token, W without bias, x the
/// projected inputs, audio's averaged over the frames of each token ([Alignment]); the trunk is one
/// encoder and a head.
/// shapes: x_m [tokens, width] -> [tokens, 2 width] -> [tokens, width] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023, where the text enters unprojected and the inputs are one vector an
/// utterance.
public final class EarlyConcat implements Fusion {

    private final Linear mix;
    private final EarlyTrunk trunk;

    EarlyConcat(Parameters parameters, FusionSizes sizes) {
        this.mix = new Linear(parameters, "fusion.mix", 2 * sizes.width(), sizes.width(), false);
        this.trunk = new EarlyTrunk(parameters, sizes);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        EarlyInputs x = EarlyInputs.of(pass, audio, text, both);
        Variable fused = mix.forward(pass, Rows.concat(pass, x.audio(), x.text().rows()));
        return trunk.forward(pass, x.text().with(fused), both);
    }
}
