package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Middle fusion by attention over the modalities: z = head(tanh(Linear(AT(h_audio, h_text)))) with
/// [AtFusion], h the pooled states, each brought to `width` where it has another.
/// shapes: h_m [utterances, H_m] -> [utterances, width] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023.
public final class MiddleAttention implements Fusion {

    private final ToWidth fromAudio;
    private final ToWidth fromText;
    private final AtFusion attention;
    private final MiddleHead head;

    MiddleAttention(Parameters parameters, FusionSizes sizes) {
        this.fromAudio = new ToWidth(parameters, "fusion.audio", sizes.audio(), sizes.width());
        this.fromText = new ToWidth(parameters, "fusion.text", sizes.text(), sizes.width());
        this.attention = new AtFusion(parameters, sizes, sizes.width(), sizes.firstStream());
        this.head = new MiddleHead(parameters, sizes, sizes.width(), sizes.firstStream() + 1);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = fromAudio.forward(pass, both.ofAudio(pass, audio.pooled()));
        Variable t = fromText.forward(pass, both.ofText(pass, text.pooled()));
        return head.forward(pass, attention.forward(pass, a, t, both.groups()), both.groups());
    }
}
