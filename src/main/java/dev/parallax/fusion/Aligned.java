package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.MultiHeadAttention;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Pooling;
import dev.parallax.nn.Recurrent;

/// Fusion by learned alignment: each token looks for its frames. With h the states, each brought to
/// `width` where it has another,
///
///     c = attention(query h_text, key and value h_audio)
///     z = head(max over tokens of BiGRU([c; h_text]))
///
/// In context each utterance looks through its dialogue, and there is no maximum: a row is an utterance. Where the
/// encoders see no later turn, neither do the attention and the GRU, which is then `width` wide one way.
/// shapes: h_audio [frames, width], h_text [tokens, width] -> c [tokens, width] -> z [utterances,
/// classes]; one head, the GRU has width / 2 (at least 1) each way.
/// Source: Xu et al., "Learning Alignment for Multimodal Emotion Recognition from Speech", Interspeech
/// 2019.
public final class Aligned implements Fusion {

    private final ToWidth fromAudio;
    private final ToWidth fromText;
    private final MultiHeadAttention attention;
    private final Recurrent recurrent;
    private final FusedHead head;

    Aligned(Parameters parameters, FusionSizes sizes) {
        int width = sizes.width();
        int stream = sizes.firstStream();
        float dropout = (float) sizes.trunk().attentionDropout();
        boolean causal = sizes.causal();
        int hidden = causal ? width : Math.max(1, width / 2);
        this.fromAudio = new ToWidth(parameters, "fusion.audio", sizes.audio(), width);
        this.fromText = new ToWidth(parameters, "fusion.text", sizes.text(), width);
        this.attention = new MultiHeadAttention(parameters, "fusion.attention", width, 1, causal, dropout, stream);
        this.recurrent = new Recurrent(parameters, "fusion.gru", Recurrent.Cell.GRU, 2 * width, hidden, 1, !causal);
        this.head = new FusedHead(parameters, sizes, recurrent.outputSize(), stream + 1);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        States frames = both.statesOfAudio(pass, audio);
        States tokens = both.statesOfText(pass, text);
        States heard = frames.with(fromAudio.forward(pass, frames.rows()));
        States read = tokens.with(fromText.forward(pass, tokens.rows()));
        Variable found = attention.forward(pass, read.rows(), read.offsets(), heard.rows(), heard.offsets());
        Variable states = recurrent.forward(pass, Rows.concat(pass, found, read.rows()), read.offsets());
        return head.forward(pass, read.with(states).pooled(pass, Pooling.MAX), both.groups());
    }
}
