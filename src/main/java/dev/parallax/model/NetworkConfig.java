package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Fusion;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Fusions.Place;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.nn.Activation;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Pooling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The network: which modalities it reads, how each is read, how they are fused.
///
/// @param audio       the audio encoder, or null for a model of text alone
/// @param text        the text encoder, or null for a model of audio alone
/// @param embedding   features of a word vector
/// @param fusion      name of the fusion strategy, used where both are there
/// @param fusionWidth features of what the strategy makes of both, where it makes something
/// @param omegaTrained whether the vector omega of the attention fusions is trained; the paper's released code
///                     leaves it
/// @param standardization over which recordings audio features are standardised before they are read; of a
///                        model of dialogues, over which vectors those of each modality are
/// @param speakers    whether a model of dialogues reads who speaks: the first to speak, the second, ...
public record NetworkConfig(
        @Nullable EncoderConfig audio,
        @Nullable EncoderConfig text,
        int embedding,
        String fusion,
        int fusionWidth,
        boolean omegaTrained,
        Standardization standardization,
        boolean speakers) {

    /// The defaults of the command line.
    public static final NetworkConfig STANDARD = new NetworkConfig(
            new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.LSTM, 64, 1, true, 4, 0.5, 0.2, Pooling.MEAN),
            new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.NONE, 64, 1, true, 4, 0.3, 0.2, Pooling.MEAN),
            100,
            "late-add",
            64);

    /// The defaults for recordings that are one row of functionals: a linear model of standardised columns.
    public static final NetworkConfig FUNCTIONALS = new NetworkConfig(
            new EncoderConfig(0.3, 0, EncoderConfig.RecurrentKind.NONE, 64, 1, true, 0, 0.2, 0, Pooling.MEAN),
            STANDARD.text,
            STANDARD.embedding,
            STANDARD.fusion,
            STANDARD.fusionWidth,
            true,
            Standardization.TRAINING,
            false);

    /// The defaults for dialogues: the sizes of Wu, Lu, Dai (ICASSP 2023).
    public static final NetworkConfig DIALOGUE = new NetworkConfig(
            new EncoderConfig(0, 100, EncoderConfig.RecurrentKind.GRU, 50, 1, true, 4, 0.2, 0.2, Pooling.MEAN),
            new EncoderConfig(0, 100, EncoderConfig.RecurrentKind.GRU, 50, 1, true, 4, 0.2, 0.2, Pooling.MEAN),
            100,
            "late-add",
            100,
            true,
            Standardization.TRAINING,
            false);

    /// How the states of a pretrained encoder of speech are read by default: a linear layer, then the mean over time.
    /// Source: Yang et al., "SUPERB", Interspeech 2021.
    public static final EncoderConfig SPEECH_STATES =
            new EncoderConfig(0, 256, EncoderConfig.RecurrentKind.NONE, 64, 1, true, 0, 0.2, 0, Pooling.MEAN);

    /// How those of a pretrained encoder of text are read by default: each token by itself, then what holds on the
    /// whole and what holds somewhere. `docs/pretrained.md` has the figures.
    public static final EncoderConfig TEXT_STATES = new EncoderConfig(
            0, 256, Activation.GELU, EncoderConfig.RecurrentKind.NONE, 64, 1, true, 0, 0.2, 0, Pooling.MEAN_MAX);

    // models of before had no activation
    private static final RecordJson<EncoderConfig> ENCODER =
            RecordJson.of(EncoderConfig.class).since("activation", Activation.NONE);

    private static final RecordJson<NetworkConfig> JSON = RecordJson.of(NetworkConfig.class)
            .nullable("audio", "text")
            .as("audio", ENCODER::write, ENCODER::read)
            .as("text", ENCODER::write, ENCODER::read);

    /// A network whose attention fusions train their omega and which does not read who speaks.
    public NetworkConfig(
            @Nullable EncoderConfig audio,
            @Nullable EncoderConfig text,
            int embedding,
            String fusion,
            int fusionWidth) {
        this(audio, text, embedding, fusion, fusionWidth, true, Standardization.NONE, false);
    }

    private static final int WIDEST = 1 << 16;

    public NetworkConfig {
        if (audio == null && text == null) {
            throw new BadInputException("network: it reads neither audio nor text; give it one of them");
        }
        if (embedding < 1 || embedding > WIDEST || fusionWidth < 1 || fusionWidth > WIDEST) {
            throw new BadInputException("network: embedding is " + embedding + " and fusionWidth is " + fusionWidth
                    + ", both must be in [1, " + WIDEST + "]");
        }
        Fusions.byName(fusion);
    }

    /// The fusion strategy.
    public Fusions.Strategy strategy() {
        return Fusions.byName(fusion);
    }

    /// This network with some of its modalities.
    public NetworkConfig withModalities(boolean keepAudio, boolean keepText) {
        return new NetworkConfig(
                keepAudio ? audio : null,
                keepText ? text : null,
                embedding,
                fusion,
                fusionWidth,
                omegaTrained,
                standardization,
                speakers);
    }

    /// This network that reads states of pretrained encoders, as they are.
    ///
    /// @param heard whether one reads the audio   @param read whether one reads the text
    public NetworkConfig readingStates(boolean heard, boolean read) {
        return new NetworkConfig(
                heard && audio != null ? SPEECH_STATES : audio,
                read && text != null ? TEXT_STATES : text,
                embedding,
                fusion,
                fusionWidth,
                omegaTrained,
                heard ? Standardization.NONE : standardization,
                speakers);
    }

    /// This network with another fusion.
    public NetworkConfig withFusion(String changed) {
        return RecordJson.with(this, "fusion", changed);
    }

    /// This network with its recurrent states and what the fusion makes `factor` times as wide, rounded so that
    /// heads divide them. What it reads of each modality, projections and word vectors, stays.
    public NetworkConfig scaled(double factor) {
        int heads = trunkHeads();
        return scaled(factor, heads % 4 == 0 ? heads : heads % 2 == 0 ? 2 * heads : 4 * heads); // 4 divides it
    }

    /// The same with what the fusion makes rounded more finely, down to one feature a head. Attention over a width that
    /// 4 does not divide has one head.
    public NetworkConfig scaledFinely(double factor) {
        return scaled(factor, trunkHeads());
    }

    /// Heads of the encoder of an early fusion, which divide what the fusion makes.
    private int trunkHeads() {
        return audio == null ? 1 : Math.max(1, audio.heads());
    }

    /// @param step what the width of the fusion is a multiple of
    private NetworkConfig scaled(double factor, int step) {
        return new NetworkConfig(
                audio == null ? null : audio.scaled(factor),
                text == null ? null : text.scaled(factor),
                embedding,
                fusion,
                (int) Math.max(step, step * Math.round(factor * fusionWidth / step)),
                omegaTrained,
                standardization,
                speakers);
    }

    /// Whether what is read of a step never depends on later steps.
    public boolean causal() {
        return (audio == null || !audio.bidirectional()) && (text == null || !text.bidirectional());
    }

    /// This network with encoders that never look ahead, their states as wide as before.
    public NetworkConfig withCausalEncoders() {
        return new NetworkConfig(
                audio == null ? null : audio.causal(),
                text == null ? null : text.causal(),
                embedding,
                fusion,
                fusionWidth,
                omegaTrained,
                standardization,
                speakers);
    }

    /// Whether the modalities meet before they are read: each perspective is then but a linear layer on its
    /// inputs, which helps to train and does not answer.
    public boolean fusesInputs() {
        return audio != null && text != null && strategy().place() == Place.EARLY;
    }

    /// What the fusion of both modalities is built for.
    ///
    /// @param audioWidth  features of audio's states   @param textWidth those of text's
    /// @param inContext   whether utterances of dialogues are fused
    /// @param firstStream number of its first dropout
    Fusion.Sizes fusionSizes(int audioWidth, int textWidth, int classes, boolean inContext, int firstStream) {
        EncoderConfig trunk = Objects.requireNonNull(audio, "nothing is fused where one modality is read");
        return new Fusion.Sizes(
                audioWidth,
                textWidth,
                classes,
                fusionWidth,
                trunk.dropout(),
                trunk.withProjection(0),
                inContext,
                omegaTrained,
                firstStream);
    }

    /// Refuses utterances without a modality that the fusion cannot do without.
    ///
    /// @throws BadInputException with a message that says what would work
    void requirePairs(@Nullable Perspective fromAudio, @Nullable Perspective fromText, Paired both) {
        int lacking = alone(fromAudio, both) + alone(fromText, both);
        if (fusesInputs() && lacking > 0) {
            throw new BadInputException("fusion: " + fusion + " fuses the inputs and has no answer without both, and "
                    + lacking + " of " + (lacking + both.count()) + " utterances lack audio or text; give both, leave"
                    + " them out, or take a model of a middle-* or late-* fusion");
        }
    }

    private static int alone(@Nullable Perspective perspective, Paired both) {
        return perspective == null ? 0 : perspective.owners().length - both.count();
    }

    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    public static NetworkConfig fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
