package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.data.DialogueBatch;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Fusion;
import dev.parallax.fusion.FusionSizes;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Sequences;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The differentiable part of a model of dialogues: every utterance is answered in the light of its neighbours.
///
///     audio vectors -> DialogueEncoder -> z_audio --+
///                                                   +-- fusion -> z, a row an utterance
///     text vectors --> DialogueEncoder -> z_text ---+
///
/// Dropout tells utterances apart by their ordinal in the batch, a dialogue by that of its first utterance; so it does
/// not depend on how dialogues are dealt into shards.
public final class DialogueNetwork {

    private static final int AUDIO_STREAM = 0x100; // of the dropouts
    private static final int TEXT_STREAM = 0x200;
    private static final int FUSION_STREAM = 0x300;

    private final @Nullable DialogueEncoder audio;
    private final @Nullable DialogueEncoder text;
    private final @Nullable Fusion fusion;

    /// Announces its parameters; the caller initialises them.
    ///
    /// @param config    of it the word vectors play no part
    /// @param audioSize D_a, features of an audio vector
    /// @param textSize  D_t, features of a text vector
    public DialogueNetwork(Parameters parameters, NetworkConfig config, int audioSize, int textSize, int classes) {
        EncoderConfig listener = config.audio();
        EncoderConfig reader = config.text();
        this.audio = listener == null
                ? null
                : new DialogueEncoder(parameters, "audio", listener, audioSize, classes, AUDIO_STREAM);
        this.text =
                reader == null ? null : new DialogueEncoder(parameters, "text", reader, textSize, classes, TEXT_STREAM);
        if (audio == null || text == null || listener == null) {
            this.fusion = null;
            return;
        }
        FusionSizes sizes = new FusionSizes(
                audio.width(),
                text.width(),
                classes,
                config.fusionWidth(),
                listener.dropout(),
                listener.withProjection(0),
                FUSION_STREAM);
        this.fusion = strategy(config.fusion()).build(parameters, sizes);
    }

    /// The strategies that fuse single utterances; the others fuse sequences of frames and tokens.
    public static List<String> fusions() {
        return Fusions.names().stream()
                .filter(name -> name.startsWith("middle-") || name.startsWith("late-"))
                .toList();
    }

    private static Fusions.Strategy strategy(String name) {
        if (!fusions().contains(name)) {
            throw new BadInputException(
                    "fusion: \"" + name + "\" does not fuse utterances of dialogues; these do: " + fusions());
        }
        return Fusions.byName(name);
    }

    /// What the network says of each utterance of a batch.
    public FusedLogits forward(Pass whole, DialogueBatch batch) {
        Offsets offsets = batch.offsets();
        int[] firsts = IntStream.range(0, offsets.count()).map(offsets::start).toArray();
        Pass pass = whole.ofUtterances(firsts);
        Perspective fromAudio = read(audio, pass, batch.audio());
        Perspective fromText = read(text, pass, batch.text());
        if (fromAudio == null || fromText == null || fusion == null) {
            return new FusedLogits(fromAudio, fromText, Paired.of(new int[0], new int[0]), null);
        }
        Paired both = Paired.of(fromAudio.owners(), fromText.owners());
        Variable fused = fusion.forward(whole, fromAudio, fromText, both);
        return new FusedLogits(fromAudio, fromText, both, fused);
    }

    private static @Nullable Perspective read(@Nullable DialogueEncoder encoder, Pass pass, @Nullable Sequences x) {
        return encoder == null || x == null
                ? null
                : encoder.forward(pass, pass.tape().constant(x.rows()), x.offsets());
    }
}
