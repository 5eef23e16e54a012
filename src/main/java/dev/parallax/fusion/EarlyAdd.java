package dev.parallax.fusion;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Early fusion by adding: z = trunk(x_audio + x_text) token by token, x the projected inputs, audio's
/// averaged over the frames of each token ([Alignment]); the trunk is one encoder and a head.
/// shapes: x_m [tokens, width] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023, where the inputs are one vector an utterance.
public final class EarlyAdd implements Fusion {

    private final EarlyTrunk trunk;

    EarlyAdd(Parameters parameters, FusionSizes sizes) {
        this.trunk = new EarlyTrunk(parameters, sizes);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        EarlyInputs x = EarlyInputs.of(pass, audio, text, both);
        Variable fused = pass.tape().apply(new Add(), x.audio(), x.text().rows());
        return trunk.forward(pass, x.text().with(fused), both);
    }
}
