package dev.parallax.fusion;

import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Pass;

/// Late fusion by multiplying logits: z = z_audio z_text, element by element. Without parameters.
///
/// To be read with care: logits have no zero of their own (adding a constant to all of a perspective's
/// logits changes nothing that it believes, but changes this product), and two rejections, both
/// negative, become support. It is here since the study asks for it. The product of the *beliefs* is
/// [LateAdd].
/// shapes: z_audio, z_text [utterances, classes] -> z [utterances, classes].
/// Source: older code of Wu, Lu, Dai, ICASSP 2023.
public record LateProduct() implements Fusion {

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        return pass.tape().apply(new Multiply(), both.ofAudio(pass, audio.logits()), both.ofText(pass, text.logits()));
    }
}
