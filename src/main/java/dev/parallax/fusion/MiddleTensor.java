package dev.parallax.fusion;

import dev.parallax.autograd.Tanh;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Middle fusion by the outer product of both, with ones appended so that each alone stays in it: h the
/// pooled states, k = min(32, width),
///
///     u_m = tanh(W_m h_m + b_m)     T = [u_audio; 1] outer [u_text; 1]     z = head(tanh(Linear(T)))
///
/// Every product of an audio feature with a text feature has a weight of its own.
/// shapes: h_m [utterances, H_m] -> u_m [utterances, k] -> T [utterances, (k+1)²] -> z [utterances,
/// classes].
/// Source: Zadeh et al., "Tensor Fusion Network for Multimodal Sentiment Analysis", EMNLP 2017.
public final class MiddleTensor implements Fusion {

    private static final int REDUCED = 32;

    private final Linear fromAudio;
    private final Linear fromText;
    private final MiddleHead head;

    MiddleTensor(Parameters parameters, FusionSizes sizes) {
        int reduced = Math.min(REDUCED, sizes.width());
        this.fromAudio = new Linear(parameters, "fusion.audio", sizes.audio(), reduced);
        this.fromText = new Linear(parameters, "fusion.text", sizes.text(), reduced);
        this.head = new MiddleHead(parameters, sizes, (reduced + 1) * (reduced + 1), sizes.firstStream());
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = reduce(pass, fromAudio, both.ofAudio(pass, audio.pooled()));
        Variable t = reduce(pass, fromText, both.ofText(pass, text.pooled()));
        return head.forward(pass, Rows.outer(pass, a, t), both.groups());
    }

    private static Variable reduce(Pass pass, Linear linear, Variable x) {
        return Rows.withOne(pass, pass.tape().apply(new Tanh(), linear.forward(pass, x)));
    }
}
