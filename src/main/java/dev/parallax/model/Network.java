package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.data.Batch;
import dev.parallax.data.Texts;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Fusion;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.Embedding;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.tensor.Sequences;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The differentiable part of a model:
///
///     frames -> encoder ----------------> z_audio --+
///                                                   +-- fusion -> z
///     tokens -> embedding -> encoder ---> z_text ---+     (a token: the mean of its word's and its pieces' rows)
///
/// Where a modality is read by a pretrained encoder, a row has the states of a frame or token behind several layers,
/// and their weighted sum stands in the place of the features or of the embedding:
///
///     states -> sum of layers -> encoder -> z
///
/// It does not depend on files, features or words.
public final class Network {

    private static final int AUDIO_STREAM = 0x100; // of the dropouts
    private static final int TEXT_STREAM = 0x200;
    private static final int FUSION_STREAM = 0x300;
    private static final int AUDIO_BLOCK_STREAM = 0x400;
    private static final int TEXT_BLOCK_STREAM = 0x800;

    /// What comes between the modality and the checkpoint's own name in those of trained blocks of an encoder.
    static final String BLOCKS = ".encoder.";

    private static final double EMBEDDING_DEVIATION = 0.1;

    private final NetworkConfig config;
    private final @Nullable StateReader audioStates;
    private final @Nullable Encoder audio;
    private final @Nullable StateReader textStates;
    private final @Nullable Embedding embedding;
    private final @Nullable Encoder text;
    private final @Nullable Fusion fusion;

    /// Announces its parameters; the caller initialises them.
    ///
    /// @param frameSize features of a frame
    /// @param words     rows of the embedding: words, and pieces of words
    public Network(Parameters parameters, NetworkConfig config, int frameSize, int words, int classes) {
        this(parameters, config, frameSize, words, classes, FrozenEncoders.NONE);
    }

    /// The same where pretrained encoders read a modality.
    ///
    /// @param frameSize features of a frame, where none reads the audio
    /// @param words     rows of the embedding, where none reads the text
    public Network(
            Parameters parameters,
            NetworkConfig config,
            int frameSize,
            int words,
            int classes,
            FrozenEncoders encoders) {
        this.config = config;
        EncoderConfig listener = config.audio();
        EncoderConfig reader = config.text();
        boolean early = config.fusesInputs();
        EncoderInput heard = listener == null ? null : encoders.inputs().audio();
        EncoderInput read = reader == null ? null : encoders.inputs().text();
        this.audioStates = heard == null
                ? null
                : new StateReader(parameters, "audio", heard, encoders.audioBlocks(), AUDIO_BLOCK_STREAM);
        int columns = heard == null ? frameSize : heard.width();
        this.audio = listener == null
                ? null
                : new Encoder(parameters, "audio", input(early, listener, config), columns, classes, AUDIO_STREAM);
        this.textStates = read == null
                ? null
                : new StateReader(parameters, "text", read, encoders.textBlocks(), TEXT_BLOCK_STREAM);
        if (reader == null) {
            this.embedding = null;
            this.text = null;
        } else {
            int size = read == null ? config.embedding() : read.width();
            this.embedding =
                    read == null ? new Embedding(parameters, "text.embedding", words, size, EMBEDDING_DEVIATION) : null;
            this.text = new Encoder(parameters, "text", input(early, reader, config), size, classes, TEXT_STREAM);
        }
        this.fusion = audio == null || text == null
                ? null
                : config.strategy()
                        .build(
                                parameters,
                                config.fusionSizes(audio.width(), text.width(), classes, false, FUSION_STREAM));
    }

    /// The shares of the layers of a pretrained encoder in their sum; empty where none reads the modality.
    List<Double> layerShares(Modality modality, Parameters parameters) {
        StateReader reader = modality == Modality.AUDIO ? audioStates : textStates;
        return reader == null ? List.of() : reader.shares(parameters);
    }

    /// Whether a parameter is one of a pretrained encoder, by its name.
    public static boolean isOfEncoder(String parameter) {
        return parameter.startsWith("audio" + BLOCKS) || parameter.startsWith("text" + BLOCKS);
    }

    /// Fills trained blocks of pretrained encoders, whose parameters have been made, with the weights of these.
    void fill(FrozenEncoders encoders) {
        FrozenEncoders.Places places = encoders.places();
        if (audioStates != null) {
            audioStates.fill(Objects.requireNonNull(places.audio()));
        }
        if (textStates != null) {
            textStates.fill(Objects.requireNonNull(places.text()));
        }
    }

    /// How a modality is read before it meets the other: under early fusion it is only brought to the common
    /// width.
    private static EncoderConfig input(boolean early, EncoderConfig encoder, NetworkConfig config) {
        return early ? EncoderConfig.projection(config.fusionWidth(), encoder.dropout()) : encoder;
    }

    /// The network's logits for a batch. A modality that the network does not read is passed over; an utterance
    /// that has none of those it reads is an error.
    public FusedLogits forward(Pass pass, Batch batch) {
        return forward(pass, batch, InputRows.AS_READ);
    }

    /// The same where the encoders read other rows.
    public FusedLogits forward(Pass pass, Batch batch, InputRows read) {
        Perspective fromAudio = readAudio(pass, batch, read);
        Perspective fromText = readText(pass, batch, read);
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

    private @Nullable Perspective readAudio(Pass pass, Batch batch, InputRows read) {
        Sequences frames = batch.audio();
        if (audio == null || frames == null) {
            return null;
        }
        int[] owners = batch.audioOwners();
        Variable rows = audioStates == null
                ? pass.tape().constant(frames.rows())
                : audioStates.forward(pass.ofUtterances(owners), frames.rows(), frames.offsets());
        return audio.forward(pass, owners, read.of(Modality.AUDIO, rows), frames.offsets());
    }

    private @Nullable Perspective readText(Pass pass, Batch batch, InputRows read) {
        Texts texts = batch.text();
        if (text == null || texts == null) {
            return null;
        }
        Variable words = textStates == null
                ? embedded(pass, Objects.requireNonNull(embedding), texts)
                : textStates.forward(
                        pass.ofUtterances(texts.owners()), Objects.requireNonNull(texts.states()), texts.offsets());
        Variable rows = read.of(Modality.TEXT, words);
        return text.forward(pass, texts.owners(), rows, texts.offsets()).withSpans(texts.spans());
    }

    private static Variable embedded(Pass pass, Embedding embedding, Texts texts) {
        Variable rows = embedding.forward(pass, texts.ids());
        Offsets bags = texts.bags();
        return bags == null ? rows : pass.tape().apply(new SequenceMean(bags), rows);
    }
}
