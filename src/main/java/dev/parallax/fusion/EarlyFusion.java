package dev.parallax.fusion;

import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Tanh;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.fusion.FusionLayers.AtFusion;
import dev.parallax.fusion.FusionLayers.Head;
import dev.parallax.fusion.FusionLayers.Operator;
import dev.parallax.fusion.Paired.States;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.SequenceEncoder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Fusion of the projected inputs x, before any encoder, token by token, and the one encoder that follows it:
///
///     z = trunk(operator(x_audio, x_text))
///     trunk(x) = head(pool(encoder(x)))            for an utterance of tokens x
///     trunk(x) = head(tanh(dense(encoder(x))))     for each utterance x of a dialogue
///
/// Audio's inputs are averaged over the frames of each token. In context one row per utterance takes the place of
/// its tokens.
/// shapes: x_m [tokens, width] -> operator [tokens, width] -> encoder [tokens, H] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023, where the inputs are one vector per utterance; the trunk of dialogues as in
/// the authors' code.
public final class EarlyFusion implements Fusion {

    /// How many streams of dropout the trunk uses, from the first.
    private static final int STREAMS = SequenceEncoder.STREAMS + 1;

    private final Operator operator;
    private final SequenceEncoder encoder;
    private final @Nullable Linear dense;
    private final Head head;

    private EarlyFusion(Operator operator, Parameters parameters, Sizes sizes) {
        int stream = sizes.firstStream();
        this.operator = operator;
        this.encoder = new SequenceEncoder(parameters, "fusion.trunk", sizes.trunk(), sizes.width(), stream);
        this.dense = sizes.inContext()
                ? new Linear(parameters, "fusion.trunk.dense", encoder.width(), encoder.width())
                : null;
        this.head = new Head(parameters, sizes, encoder.width(), stream + SequenceEncoder.STREAMS);
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        States heard = both.statesOfAudio(pass, audio);
        States read = both.statesOfText(pass, text);
        Offsets offsets = read.offsets();
        Variable a = read.inContext() ? heard.rows() : meanFrames(pass, heard, read);
        Variable states = encoder.states(pass, operator.of(pass, a, read.rows(), offsets), offsets);
        Variable rows = dense == null
                ? encoder.pooled(pass, states, offsets)
                : pass.tape().apply(new Tanh(), dense.forward(pass, states));
        return head.forward(pass, rows, both.groups());
    }

    /// `early-add`: z = trunk(x_audio + x_text).
    static EarlyFusion add(Parameters parameters, Sizes sizes) {
        return new EarlyFusion(FusionLayers.ADD, parameters, sizes);
    }

    /// `early-concat`: z = trunk(W [x_audio; x_text]), W without bias. In the paper the text enters unprojected.
    static EarlyFusion concat(Parameters parameters, Sizes sizes) {
        return new EarlyFusion(FusionLayers.mix(parameters, sizes.width()), parameters, sizes);
    }

    /// `early-attention`: z = trunk(AT(x_audio, x_text)) with [AtFusion].
    static EarlyFusion attention(Parameters parameters, Sizes sizes) {
        int stream = sizes.firstStream() + STREAMS;
        return new EarlyFusion(new AtFusion(parameters, sizes, sizes.width(), stream), parameters, sizes);
    }

    /// The mean of the frames that belong to each token. Where the times of words have been measured, those are the
    /// frames during the word. Else frames are shared out evenly: token j of T_t receives the mean of the frames
    /// floor(j T_a / T_t) .. floor((j + 1) T_a / T_t) - 1 of T_a. Where that is none (more tokens than frames), it
    /// receives the frame floor(j T_a / T_t). This is a crude guess: people do not speak that evenly.
    /// shapes: frames [total frames, D] -> [total tokens, D].
    ///
    /// @param tokens of the same utterances
    static Variable meanFrames(Pass pass, States frames, States tokens) {
        Offsets owners = tokens.offsets();
        int[] known = tokens.spans();
        int[] firsts = new int[owners.total()];
        int[] lengths = new int[owners.total()];
        for (int i = 0; i < owners.count(); i++) {
            int available = frames.offsets().length(i);
            int count = owners.length(i);
            for (int j = 0; j < count; j++) {
                int token = owners.start(i) + j;
                int from = (int) ((long) j * available / count);
                int to = (int) ((j + 1L) * available / count);
                if (known != null && known[2 * token] >= 0) {
                    from = Math.min(known[2 * token], available - 1);
                    to = Math.min(known[2 * token + 1], available);
                }
                firsts[token] = frames.offsets().start(i) + from;
                lengths[token] = Math.max(1, to - from);
            }
        }
        Offsets spans = Offsets.ofLengths(lengths);
        int[] rows = IntStream.range(0, firsts.length)
                .flatMap(token -> IntStream.range(firsts[token], firsts[token] + lengths[token]))
                .toArray();
        return pass.tape().apply(new SequenceMean(spans), Paired.choose(pass, frames.rows(), rows));
    }
}
