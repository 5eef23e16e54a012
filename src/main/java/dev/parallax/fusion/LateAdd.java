package dev.parallax.fusion;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Pass;

/// Late fusion by adding: z = z_audio + z_text. Without parameters; the product of what the two perspectives believe,
/// renormalised. Told with numbers in `docs/fusion.md`.
/// shapes: z_audio, z_text [utterances, classes] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023: fusion on the logits.
public record LateAdd() implements Fusion {

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        return pass.tape().apply(new Add(), both.ofAudio(pass, audio.logits()), both.ofText(pass, text.logits()));
    }
}
