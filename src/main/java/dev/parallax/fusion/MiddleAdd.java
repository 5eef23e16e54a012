package dev.parallax.fusion;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Middle fusion by adding: z = head(tanh(Linear(h_audio + h_text))), h the pooled states, each brought
/// to `width` where it has another.
/// shapes: h_m [utterances, H_m] -> [utterances, width] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023 (the middle fusion of the authors' code).
public final class MiddleAdd implements Fusion {

    private final ToWidth fromAudio;
    private final ToWidth fromText;
    private final MiddleHead head;

    MiddleAdd(Parameters parameters, FusionSizes sizes) {
        this.fromAudio = new ToWidth(parameters, "fusion.audio", sizes.audio(), sizes.width());
        this.fromText = new ToWidth(parameters, "fusion.text", sizes.text(), sizes.width());
        this.head = new MiddleHead(parameters, sizes, sizes.width(), sizes.firstStream());
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = fromAudio.forward(pass, both.ofAudio(pass, audio.pooled()));
        Variable t = fromText.forward(pass, both.ofText(pass, text.pooled()));
        return head.forward(pass, pass.tape().apply(new Add(), a, t), both.groups());
    }
}
