package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// Fusion by cross-modal transformer blocks, both ways: with h the states, each brought to `width`
/// where it has another,
///
///     a = block_audio(h_audio reads h_text)     t = block_text(h_text reads h_audio)     z = head([mean(a); mean(t)])
///
/// No alignment is needed. The blocks are [CrossBlock]s, one each way, and know no positions: what
/// order says, the encoders before have said.
/// shapes: h_m [rows_m, width] -> a, t [rows_m, width] -> [utterances, 2 width] -> z [utterances,
/// classes].
/// Source: Tsai et al., "Multimodal Transformer for Unaligned Multimodal Language Sequences", ACL 2019;
/// there several blocks with positions, and self-attention after them.
public final class CrossTransformer implements Fusion {

    private final ToWidth fromAudio;
    private final ToWidth fromText;
    private final CrossBlock audioReadsText;
    private final CrossBlock textReadsAudio;
    private final FusedHead head;

    CrossTransformer(Parameters parameters, FusionSizes sizes) {
        int width = sizes.width();
        int stream = sizes.firstStream();
        this.fromAudio = new ToWidth(parameters, "fusion.audio", sizes.audio(), width);
        this.fromText = new ToWidth(parameters, "fusion.text", sizes.text(), width);
        this.audioReadsText = new CrossBlock(parameters, "fusion.audioReadsText", sizes, stream);
        this.textReadsAudio = new CrossBlock(parameters, "fusion.textReadsAudio", sizes, stream + CrossBlock.STREAMS);
        this.head = new FusedHead(parameters, sizes, 2 * width, stream + 2 * CrossBlock.STREAMS);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        States frames = both.statesOfAudio(pass, audio);
        States tokens = both.statesOfText(pass, text);
        States heard = frames.with(fromAudio.forward(pass, frames.rows()));
        States read = tokens.with(fromText.forward(pass, tokens.rows()));
        Variable a = audioReadsText.forward(pass, heard, read).mean(pass);
        Variable t = textReadsAudio.forward(pass, read, heard).mean(pass);
        return head.forward(pass, Rows.concat(pass, a, t), both.groups());
    }
}
