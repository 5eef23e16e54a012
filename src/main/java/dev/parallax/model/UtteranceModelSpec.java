package dev.parallax.model;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.FeatureKind;
import dev.parallax.backend.Backend;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Labels;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.nn.Parameters;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A model that is yet to be made: all but the words, which the training part gives, and the weights.
///
/// @param labels     the classes, in the order of the logits
/// @param features   what is taken of a recording
/// @param network    the network; a modality that it has and an utterance lacks is passed over
/// @param tokenizer  how sentences are cut
/// @param subwords   which pieces of words have vectors beside the words
/// @param vocabulary which words are kept
/// @param encoders   pretrained encoders that read in place of the features or of the vectors of words
public record UtteranceModelSpec(
        Labels labels,
        FeatureConfig features,
        NetworkConfig network,
        Tokenizer tokenizer,
        Subwords subwords,
        Vocabulary.Limits vocabulary,
        FrozenEncoders encoders)
        implements ModelSpec {

    private static final RecordJson<UtteranceModelSpec> JSON = RecordJson.of(UtteranceModelSpec.class)
            .as("labels", Labels::toJson, Labels::fromJson)
            .as("features", FeatureConfig::toJson, FeatureConfig::fromJson)
            .as("network", NetworkConfig::toJson, NetworkConfig::fromJson)
            .as("tokenizer", Tokenizer::toJson, Tokenizer::fromJson)
            .as("encoders", (FrozenEncoders those) -> those.inputs().toJson(), UtteranceModelSpec::unread)
            .leftOut("encoders", FrozenEncoders.NONE);

    private static FrozenEncoders unread(JsonObject json) {
        throw new IllegalStateException(json.where() + ": records are not read again");
    }

    /// A model without pretrained encoders.
    public UtteranceModelSpec(
            Labels labels,
            FeatureConfig features,
            NetworkConfig network,
            Tokenizer tokenizer,
            Subwords subwords,
            Vocabulary.Limits vocabulary) {
        this(labels, features, network, tokenizer, subwords, vocabulary, FrozenEncoders.NONE);
    }

    /// The words of texts as ids, 0 for those that are rare or missing among the training texts.
    public List<int[]> encode(List<String> training, List<String> texts) {
        Vocabulary words =
                Vocabulary.build(training.stream().map(tokenizer::tokenize).toList(), vocabulary);
        return texts.stream()
                .map(text -> words.encode(tokenizer.tokenize(text)))
                .toList();
    }

    /// What it takes of a recording.
    public FeatureKind kind() {
        return encoders.audio() == null ? new FeatureExtractor(features) : encoders.audio();
    }

    /// Features of a frame as the network's audio encoder reads it.
    public int frameSize() {
        return encoders.audio() == null
                ? features.size()
                : encoders.audio().input().width();
    }

    /// Features of a token as the network's text encoder reads it.
    public int tokenSize() {
        return encoders.text() == null
                ? network.embedding()
                : encoders.text().input().width();
    }

    /// Everything in it, for records.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    @Override
    public String context() {
        return EmotionModel.context(network);
    }

    @Override
    public boolean causal() {
        return true;
    }

    @Override
    public int size() {
        Parameters parameters = new Parameters();
        new Network(parameters, network, features.size(), 1, labels.size(), encoders);
        boolean words = network.text() != null && encoders.text() == null;
        return parameters.size() - (words ? network.embedding() : 0); // the one word
    }

    @Override
    public UtteranceModelSpec withNetwork(NetworkConfig changed) {
        return new UtteranceModelSpec(labels, features, changed, tokenizer, subwords, vocabulary, encoders);
    }

    /// This with other features.
    public UtteranceModelSpec withFeatures(FeatureConfig changed) {
        return new UtteranceModelSpec(labels, changed, network, tokenizer, subwords, vocabulary, encoders);
    }

    /// A model with starting weights.
    ///
    /// @param start               what they are, beside random numbers
    /// @param notes               receives notes for the user, one line each
    ///
    /// @param texts               training sentences, whose words become its vocabulary
    /// @param scaling             of features over the training part, null where they are read as they are
    /// @param perspectivesTrained whether each perspective will have a loss term of its own
    public EmotionModel newModel(
            StartingWeights start,
            List<String> texts,
            @Nullable FeatureScaling scaling,
            boolean perspectivesTrained,
            Backend backend,
            long seed,
            Consumer<String> notes) {
        boolean answering = perspectivesTrained && !network.fusesInputs();
        ModelConfig config = new ModelConfig(
                labels,
                features,
                tokenizer,
                subwords,
                network,
                answering,
                ModelConfig.WINDOW_SECONDS,
                encoders.inputs());
        EmotionModel model = new EmotionModel(config, encoders, words(start, texts), scaling, backend, seed);
        start.apply(model, notes);
        return model;
    }

    private @Nullable Vocabulary words(StartingWeights start, List<String> texts) {
        if (network.text() == null) {
            return null;
        }
        return start.model() == null
                ? Vocabulary.build(texts.stream().map(tokenizer::tokenize).toList(), vocabulary)
                : start.model().vocabulary();
    }
}
