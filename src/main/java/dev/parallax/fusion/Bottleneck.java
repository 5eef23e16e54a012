package dev.parallax.fusion;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Add;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Scale;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// Fusion through a bottleneck: the modalities exchange what they know through B = 4 learned tokens
/// only. With h the states, each brought to `width` where it has another, and b the tokens, the same
/// for every utterance (in context, for every dialogue),
///
///     b' = (collect_audio(b reads h_audio) + collect_text(b reads h_text)) / 2
///     m = spread_m(h_m reads b')     z = head([mean(audio); mean(text)])
///
/// collect and spread are [CrossBlock]s.
/// shapes: h_m [rows_m, width], b [B, width] -> [utterances, 2 width] -> z [utterances, classes].
/// Source: Nagrani et al., "Attention Bottlenecks for Multimodal Fusion", NeurIPS 2021; there one block
/// a modality reads its rows and the tokens together, here the tokens alone cross, and the rows among
/// themselves were read before.
public final class Bottleneck implements Fusion {

    private static final int TOKENS = 4;
    private static final double TOKEN_DEVIATION = 0.02;

    private final ToWidth fromAudio;
    private final ToWidth fromText;
    private final Parameter learned;
    private final CrossBlock collectAudio;
    private final CrossBlock collectText;
    private final CrossBlock spreadAudio;
    private final CrossBlock spreadText;
    private final FusedHead head;

    Bottleneck(Parameters parameters, FusionSizes sizes) {
        if (sizes.causal()) {
            throw new BadInputException(
                    "fusion: bottleneck gathers a whole dialogue in its tokens, so it cannot be causal;"
                            + " leave --causal out, or take another fusion");
        }
        int width = sizes.width();
        int stream = sizes.firstStream();
        this.fromAudio = new ToWidth(parameters, "fusion.audio", sizes.audio(), width);
        this.fromText = new ToWidth(parameters, "fusion.text", sizes.text(), width);
        this.learned = parameters.add("fusion.tokens", Shape.of(TOKENS, width), Initializer.normal(TOKEN_DEVIATION));
        this.collectAudio = new CrossBlock(parameters, "fusion.collectAudio", sizes, stream);
        this.collectText = new CrossBlock(parameters, "fusion.collectText", sizes, stream + CrossBlock.STREAMS);
        this.spreadAudio = new CrossBlock(parameters, "fusion.spreadAudio", sizes, stream + 2 * CrossBlock.STREAMS);
        this.spreadText = new CrossBlock(parameters, "fusion.spreadText", sizes, stream + 3 * CrossBlock.STREAMS);
        this.head = new FusedHead(parameters, sizes, 2 * width, stream + 4 * CrossBlock.STREAMS);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        States frames = both.statesOfAudio(pass, audio);
        States tokens = both.statesOfText(pass, text);
        States heard = frames.with(fromAudio.forward(pass, frames.rows()));
        States read = tokens.with(fromText.forward(pass, tokens.rows()));
        States narrow = tokensOf(pass, both.groups().count());
        Variable fromBoth = pass.tape()
                .apply(
                        new Add(),
                        collectAudio.forward(pass, narrow, heard).rows(),
                        collectText.forward(pass, narrow, read).rows());
        States crossed = narrow.with(pass.tape().apply(new Scale(0.5f), fromBoth));
        Variable a = spreadAudio.forward(pass, heard, crossed).mean(pass);
        Variable t = spreadText.forward(pass, read, crossed).mean(pass);
        return head.forward(pass, Rows.concat(pass, a, t), both.groups());
    }

    /// The tokens, once for each sequence.
    private States tokensOf(Pass pass, int sequences) {
        int[] rows = new int[TOKENS * sequences];
        int[] lengths = new int[sequences];
        Arrays.setAll(rows, i -> i % TOKENS);
        Arrays.fill(lengths, TOKENS);
        Variable repeated = pass.tape().apply(new GatherRows(pass.backend(), rows), pass.variable(learned));
        return new States(repeated, Offsets.ofLengths(lengths), false);
    }
}
