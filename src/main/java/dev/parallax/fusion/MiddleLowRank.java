package dev.parallax.fusion;

import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Middle fusion by an outer product whose weight tensor has rank R = 4, so that the product is never
/// formed: h the pooled states,
///
///     v = sum over r of (A_r [h_audio; 1]) (T_r [h_text; 1])     z = head(tanh(Linear(v)))
///
/// shapes: h_m [utterances, H_m] -> v [utterances, width] -> z [utterances, classes]; A_r, T_r [width,
/// H_m + 1].
/// Source: Liu et al., "Efficient Low-rank Multimodal Fusion with Modality-Specific Factors", ACL 2018;
/// there v is the answer itself, here it is followed by what follows every middle operator.
public final class MiddleLowRank implements Fusion {

    private static final int RANK = 4;

    private final int width;
    private final Linear fromAudio; // all A_r, one below the other
    private final Linear fromText;
    private final MiddleHead head;

    MiddleLowRank(Parameters parameters, FusionSizes sizes) {
        this.width = sizes.width();
        this.fromAudio = new Linear(parameters, "fusion.audio", sizes.audio(), RANK * width);
        this.fromText = new Linear(parameters, "fusion.text", sizes.text(), RANK * width);
        this.head = new MiddleHead(parameters, sizes, width, sizes.firstStream());
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = fromAudio.forward(pass, both.ofAudio(pass, audio.pooled()));
        Variable t = fromText.forward(pass, both.ofText(pass, text.pooled()));
        Variable products = pass.tape().apply(new Multiply(), a, t).reshape(RANK * both.count(), width);
        return head.forward(pass, Rows.sumOf(pass, RANK, products), both.groups());
    }
}
