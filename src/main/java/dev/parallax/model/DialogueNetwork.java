package dev.parallax.model;

import dev.parallax.autograd.Variable;
import dev.parallax.data.DialogueBatch;
import dev.parallax.data.DialogueRows;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Fusion;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import org.jspecify.annotations.Nullable;

/// The differentiable part of a model of dialogues: every utterance is answered in the context of its neighbours.
///
///     audio vectors -> DialogueEncoder -> z_audio --+
///                                                   +-- fusion -> z, a row an utterance
///     text vectors --> DialogueEncoder -> z_text ---+
///
/// Dropout identifies an utterance by its ordinal in the batch, and a dialogue by that of its first utterance. So
/// it does not depend on how dialogues are divided into shards.
public final class DialogueNetwork {

    private static final int AUDIO_STREAM = 0x100; // of the dropouts
    private static final int TEXT_STREAM = 0x200;
    private static final int FUSION_STREAM = 0x300;

    private final NetworkConfig config;
    private final @Nullable DialogueEncoder audio;
    private final @Nullable DialogueEncoder text;
    private final @Nullable Fusion fusion;

    /// Announces its parameters; the caller initialises them.
    ///
    /// @param config    its word vectors are not used
    /// @param audioSize D_a, features of an audio vector
    /// @param textSize  D_t, features of a text vector
    public DialogueNetwork(Parameters parameters, NetworkConfig config, int audioSize, int textSize, int classes) {
        this.config = config;
        int told = config.speakers() ? DialogueBatch.SPEAKERS : 0;
        int early = config.fusesInputs() ? config.fusionWidth() : 0;
        EncoderConfig listener = config.audio();
        EncoderConfig reader = config.text();
        this.audio = listener == null
                ? null
                : new DialogueEncoder(parameters, "audio", listener, audioSize + told, early, classes, AUDIO_STREAM);
        this.text = reader == null
                ? null
                : new DialogueEncoder(parameters, "text", reader, textSize + told, early, classes, TEXT_STREAM);
        this.fusion = audio == null || text == null
                ? null
                : config.strategy()
                        .build(
                                parameters,
                                config.fusionSizes(audio.width(), text.width(), classes, true, FUSION_STREAM));
    }

    /// The network's logits for each utterance of a batch that has a modality that it reads.
    public FusedLogits forward(Pass pass, DialogueBatch batch) {
        return forward(pass, batch, InputRows.AS_READ);
    }

    /// The same where the encoders read other rows.
    public FusedLogits forward(Pass pass, DialogueBatch batch, InputRows read) {
        Perspective fromAudio = read(audio, pass, Modality.AUDIO, batch.audio(), read);
        Perspective fromText = read(text, pass, Modality.TEXT, batch.text(), read);
        Paired both = Paired.of(fromAudio, fromText);
        config.requirePairs(fromAudio, fromText, both);
        Variable fused = fromAudio == null || fromText == null || fusion == null || both.count() == 0
                ? null
                : fusion.forward(pass.ofUtterances(both.ordinals()), fromAudio, fromText, both);
        return new FusedLogits(fromAudio, fromText, both, fused, fusion);
    }

    private static @Nullable Perspective read(
            @Nullable DialogueEncoder encoder, Pass pass, Modality modality, @Nullable DialogueRows x, InputRows read) {
        if (encoder == null || x == null) {
            return null;
        }
        Variable rows = read.of(modality, pass.tape().constant(x.rows().rows()));
        return encoder.forward(pass, x, rows);
    }
}
