package dev.parallax.fusion;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Add;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Scale;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.fusion.FusionLayers.CommonWidth;
import dev.parallax.fusion.FusionLayers.Head;
import dev.parallax.fusion.Paired.States;
import dev.parallax.nn.Activation;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.MultiHeadAttention;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Pooling;
import dev.parallax.nn.Recurrent;
import dev.parallax.nn.TransformerBlock;
import dev.parallax.tensor.Shape;
import java.util.Arrays;

/// Fusion of all states h, which read each other before they are pooled: z = head(reading(h_audio, h_text)), each h
/// brought to `width` where it has another.
///
/// In context each utterance looks through its dialogue, and nothing is pooled: a row is an utterance. Where the
/// encoders see no later turn, neither does a strategy here.
/// shapes: h_m [rows_m, width] -> reading [utterances, features] -> z [utterances, classes].
public final class StateFusion implements Fusion {

    private static final int TOKENS = 4; // of a bottleneck
    private static final double TOKEN_DEVIATION = 0.02;

    /// From all states to one row per utterance.
    @FunctionalInterface
    private interface Reading {
        Variable of(Pass pass, States audio, States text);
    }

    private final CommonWidth common;
    private final Reading reading;
    private final Head head;

    private StateFusion(CommonWidth common, Reading reading, Head head) {
        this.common = common;
        this.reading = reading;
        this.head = head;
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        States frames = both.statesOfAudio(pass, audio);
        States tokens = both.statesOfText(pass, text);
        States heard = frames.with(common.audio(pass, frames.rows()));
        States read = tokens.with(common.text(pass, tokens.rows()));
        return head.forward(pass, reading.of(pass, heard, read), both.groups());
    }

    /// `aligned`, fusion by learned alignment: each token finds its frames by attention, and a GRU reads both.
    ///
    ///     c = attention(query h_text, key and value h_audio)
    ///     z = head(max over tokens of BiGRU([c; h_text]))
    ///
    /// shapes: c [tokens, width]; one head, the GRU has width / 2 (at least 1) each way, or `width` one way.
    /// Source: Xu et al., "Learning Alignment for Multimodal Emotion Recognition from Speech", Interspeech 2019.
    static StateFusion aligned(Parameters parameters, Sizes sizes) {
        int width = sizes.width();
        int stream = sizes.firstStream();
        float dropout = (float) sizes.trunk().attentionDropout();
        boolean causal = sizes.causal();
        int hidden = causal ? width : Math.max(1, width / 2);
        CommonWidth common = new CommonWidth(parameters, sizes);
        MultiHeadAttention attention =
                new MultiHeadAttention(parameters, "fusion.attention", width, 1, causal, dropout, stream);
        Recurrent recurrent =
                new Recurrent(parameters, "fusion.gru", Recurrent.Cell.GRU, 2 * width, hidden, 1, !causal);
        Reading aligned = (pass, audio, text) -> {
            Variable c = attention.forward(pass, text.rows(), text.offsets(), audio.rows(), audio.offsets());
            Variable states = recurrent.forward(pass, FusionLayers.concat(pass, c, text.rows()), text.offsets());
            return text.with(states).pooled(pass, Pooling.MAX);
        };
        return new StateFusion(common, aligned, new Head(parameters, sizes, recurrent.outputSize(), stream + 1));
    }

    /// `transformer`, cross-modal transformer blocks both ways:
    ///
    ///     a = block_audio(h_audio reads h_text)     t = block_text(h_text reads h_audio)
    ///     z = head([mean(a); mean(t)])
    ///
    /// No alignment is needed. The blocks are [CrossBlock]s without positions: the encoders before them have used
    /// the order.
    /// shapes: a, t [rows_m, width] -> means [utterances, 2 width].
    /// Source: Tsai et al., "Multimodal Transformer for Unaligned Multimodal Language Sequences", ACL 2019;
    /// there several blocks with positions, and self-attention after them.
    static StateFusion transformer(Parameters parameters, Sizes sizes) {
        int stream = sizes.firstStream();
        CommonWidth common = new CommonWidth(parameters, sizes);
        CrossBlock audioReadsText = new CrossBlock(parameters, "fusion.audioReadsText", sizes, stream);
        CrossBlock textReadsAudio =
                new CrossBlock(parameters, "fusion.textReadsAudio", sizes, stream + CrossBlock.STREAMS);
        Reading transformer = (pass, audio, text) -> {
            Variable a = audioReadsText.forward(pass, audio, text).mean(pass);
            Variable t = textReadsAudio.forward(pass, text, audio).mean(pass);
            return FusionLayers.concat(pass, a, t);
        };
        Head head = new Head(parameters, sizes, 2 * sizes.width(), stream + 2 * CrossBlock.STREAMS);
        return new StateFusion(common, transformer, head);
    }

    /// `bottleneck`: the modalities exchange information through B = 4 learned tokens b only, the same for every
    /// utterance (in context, for every dialogue).
    ///
    ///     b' = (collect_audio(b reads h_audio) + collect_text(b reads h_text)) / 2
    ///     m = spread_m(h_m reads b')     z = head([mean(audio); mean(text)])
    ///
    /// collect and spread are [CrossBlock]s.
    /// shapes: b [B, width] -> means [utterances, 2 width].
    /// Source: Nagrani et al., "Attention Bottlenecks for Multimodal Fusion", NeurIPS 2021; there one block per
    /// modality reads its rows and the tokens together. Here only the tokens cross; the encoders have read the
    /// rows before.
    static StateFusion bottleneck(Parameters parameters, Sizes sizes) {
        if (sizes.causal()) {
            throw new BadInputException(
                    "fusion: bottleneck gathers a whole dialogue in its tokens, so it cannot be causal;"
                            + " leave ‹causal› out, or take another fusion");
        }
        int width = sizes.width();
        int stream = sizes.firstStream();
        int step = CrossBlock.STREAMS;
        CommonWidth common = new CommonWidth(parameters, sizes);
        Parameter learned =
                parameters.add("fusion.tokens", Shape.of(TOKENS, width), Initializer.normal(TOKEN_DEVIATION));
        CrossBlock collectAudio = new CrossBlock(parameters, "fusion.collectAudio", sizes, stream);
        CrossBlock collectText = new CrossBlock(parameters, "fusion.collectText", sizes, stream + step);
        CrossBlock spreadAudio = new CrossBlock(parameters, "fusion.spreadAudio", sizes, stream + 2 * step);
        CrossBlock spreadText = new CrossBlock(parameters, "fusion.spreadText", sizes, stream + 3 * step);
        Reading bottleneck = (pass, audio, text) -> {
            States tokens =
                    repeated(pass, pass.variable(learned), audio.offsets().count());
            Variable fromAudio = collectAudio.forward(pass, tokens, audio).rows();
            Variable fromText = collectText.forward(pass, tokens, text).rows();
            Variable sum = pass.tape().apply(new Add(), fromAudio, fromText);
            States crossed = tokens.with(pass.tape().apply(new Scale(0.5f), sum));
            Variable a = spreadAudio.forward(pass, audio, crossed).mean(pass);
            Variable t = spreadText.forward(pass, text, crossed).mean(pass);
            return FusionLayers.concat(pass, a, t);
        };
        return new StateFusion(common, bottleneck, new Head(parameters, sizes, 2 * width, stream + 4 * step));
    }

    /// The tokens, once for each sequence.
    private static States repeated(Pass pass, Variable tokens, int sequences) {
        int[] rows = new int[TOKENS * sequences];
        int[] lengths = new int[sequences];
        Arrays.setAll(rows, i -> i % TOKENS);
        Arrays.fill(lengths, TOKENS);
        Variable all = pass.tape().apply(new GatherRows(rows), tokens);
        return new States(all, Offsets.ofLengths(lengths), false, null);
    }

    /// A [TransformerBlock] with ReLU and twice the width inside, whose rows read those of another sequence. In
    /// context,
    /// where the encoders see no later turn, row t of x reads the rows 0 .. t of the other alone.
    private static final class CrossBlock {

        static final int STREAMS = TransformerBlock.STREAMS;

        private static final TransformerBlock.Names NAMES =
                new TransformerBlock.Names("attention", "afterAttention", "widen", "narrow", "afterFeedForward");
        private static final float EPSILON = 1e-5f;

        private final TransformerBlock block;

        CrossBlock(Parameters parameters, String name, Sizes sizes, int stream) {
            TransformerBlock.Sizes inside = new TransformerBlock.Sizes(
                    sizes.width(),
                    sizes.heads(),
                    2 * sizes.width(),
                    Activation.RELU,
                    EPSILON,
                    false,
                    sizes.causal(),
                    (float) sizes.dropout(),
                    (float) sizes.trunk().attentionDropout());
            this.block = new TransformerBlock(parameters, name, NAMES, inside, stream);
        }

        States forward(Pass pass, States x, States other) {
            return x.with(block.forward(pass, x.rows(), x.offsets(), other.rows(), other.offsets()));
        }
    }
}
