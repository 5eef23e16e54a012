package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Early fusion by attention over the modalities: z = trunk(AT(x_audio, x_text)) token by token with
/// [AtFusion], x the projected inputs, audio's averaged over the frames of each token ([Alignment]);
/// the trunk is one encoder and a head.
/// shapes: x_m [tokens, width] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023, where the inputs are one vector an utterance.
public final class EarlyAttention implements Fusion {

    private final AtFusion attention;
    private final EarlyTrunk trunk;

    EarlyAttention(Parameters parameters, FusionSizes sizes) {
        int stream = sizes.firstStream() + EarlyTrunk.STREAMS;
        this.attention = new AtFusion(parameters, sizes, sizes.width(), stream);
        this.trunk = new EarlyTrunk(parameters, sizes);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        EarlyInputs x = EarlyInputs.of(pass, audio, text, both);
        Variable fused =
                attention.forward(pass, x.audio(), x.text().rows(), x.text().offsets());
        return trunk.forward(pass, x.text().with(fused), both);
    }
}
