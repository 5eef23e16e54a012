package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.data.Batch;
import dev.parallax.data.Texts;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Fusion;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.Embedding;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Sequences;
import org.jspecify.annotations.Nullable;

/// The differentiable part of a model:
///
///     frames -> encoder ----------------> z_audio --+
///                                                   +-- fusion -> z
///     tokens -> embedding -> encoder ---> z_text ---+     (a token: the mean of its word's and its pieces' rows)
///
/// It does not depend on files, features or words.
public final class Network {

    private static final int AUDIO_STREAM = 0x100; // of the dropouts
    private static final int TEXT_STREAM = 0x200;
    private static final int FUSION_STREAM = 0x300;
    private static final double EMBEDDING_DEVIATION = 0.1;

    private final NetworkConfig config;
    private final @Nullable Encoder audio;
    private final @Nullable Embedding embedding;
    private final @Nullable Encoder text;
    private final @Nullable Fusion fusion;

    /// Announces its parameters; the caller initialises them.
    ///
    /// @param frameSize features of a frame
    /// @param words     rows of the embedding: words, and pieces of words
    public Network(Parameters parameters, NetworkConfig config, int frameSize, int words, int classes) {
        this.config = config;
        EncoderConfig listener = config.audio();
        EncoderConfig reader = config.text();
        boolean early = config.fusesInputs();
        this.audio = listener == null
                ? null
                : new Encoder(parameters, "audio", input(early, listener, config), frameSize, classes, AUDIO_STREAM);
        if (reader == null) {
            this.embedding = null;
            this.text = null;
        } else {
            int size = config.embedding();
            this.embedding = new Embedding(parameters, "text.embedding", words, size, EMBEDDING_DEVIATION);
            this.text = new Encoder(parameters, "text", input(early, reader, config), size, classes, TEXT_STREAM);
        }
        this.fusion = audio == null || text == null
                ? null
                : config.strategy()
                        .build(
                                parameters,
                                config.fusionSizes(audio.width(), text.width(), classes, false, FUSION_STREAM));
    }

    /// How a modality is read before it meets the other: under early fusion it is only brought to the common
    /// width.
    private static EncoderConfig input(boolean early, EncoderConfig encoder, NetworkConfig config) {
        return early ? EncoderConfig.projection(config.fusionWidth(), encoder.dropout()) : encoder;
    }

    /// The network's logits for a batch. A modality that the network does not read is passed over; an utterance
    /// that has none of those it reads is an error.
    public FusedLogits forward(Pass pass, Batch batch) {
        Perspective fromAudio = readAudio(pass, batch);
        Perspective fromText = readText(pass, batch);
        Paired both = Paired.of(fromAudio, fromText);
        int answered = utterances(fromAudio) + utterances(fromText) - both.count();
        if (answered < batch.size()) {
            throw new BadInputException("network: an utterance has none of the modalities that this model reads ("
                    + (audio == null ? "text" : text == null ? "audio" : "audio, text") + ")");
        }
        config.requirePairs(fromAudio, fromText, both);
        Variable fused = fromAudio == null || fromText == null || fusion == null || both.count() == 0
                ? null
                : fusion.forward(pass.ofUtterances(both.ordinals()), fromAudio, fromText, both);
        return new FusedLogits(fromAudio, fromText, both, fused, fusion);
    }

    private static int utterances(@Nullable Perspective perspective) {
        return perspective == null ? 0 : perspective.owners().length;
    }

    private @Nullable Perspective readAudio(Pass pass, Batch batch) {
        Sequences frames = batch.audio();
        return audio == null || frames == null
                ? null
                : audio.forward(pass, batch.audioOwners(), pass.tape().constant(frames.rows()), frames.offsets());
    }

    private @Nullable Perspective readText(Pass pass, Batch batch) {
        Texts texts = batch.text();
        if (text == null || embedding == null || texts == null) {
            return null;
        }
        Variable rows = embedding.forward(pass, texts.ids());
        Offsets bags = texts.bags();
        Variable words = bags == null ? rows : pass.tape().apply(new SequenceMean(bags), rows);
        return text.forward(pass, texts.owners(), words, texts.offsets()).withSpans(texts.spans());
    }
}
