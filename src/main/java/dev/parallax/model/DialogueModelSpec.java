package dev.parallax.model;

import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.data.VectorScaling;
import dev.parallax.nn.Parameters;
import org.jspecify.annotations.Nullable;

/// A model of dialogues that is yet to be made.
///
/// @param labels    the classes, in the order of the logits
/// @param network   the network
/// @param audioSize features of an audio vector; 0 where audio is not read
/// @param textSize  features of a text vector; 0 where text is not read
public record DialogueModelSpec(Labels labels, NetworkConfig network, int audioSize, int textSize)
        implements ModelSpec {

    @Override
    public String context() {
        return DialogueModel.context(causal());
    }

    @Override
    public boolean causal() {
        return network.causal();
    }

    @Override
    public int size() {
        Parameters parameters = new Parameters();
        new DialogueNetwork(parameters, network, audioSize, textSize, labels.size());
        return parameters.size();
    }

    @Override
    public DialogueModelSpec withNetwork(NetworkConfig changed) {
        return new DialogueModelSpec(
                labels, changed, changed.audio() == null ? 0 : audioSize, changed.text() == null ? 0 : textSize);
    }

    /// A model with starting weights.
    ///
    /// @param perspectivesTrained whether each perspective will have a loss term of its own
    /// @param scaling             of the vectors that it reads, over the training part
    /// @param first               what makes the vectors, or null where they are given
    public DialogueModel newModel(
            boolean perspectivesTrained,
            VectorScaling scaling,
            @Nullable EmotionModel first,
            Backend backend,
            long seed) {
        boolean answering = perspectivesTrained && !network.fusesInputs();
        DialogueConfig config = new DialogueConfig(labels, network, audioSize, textSize, answering);
        return new DialogueModel(config, scaling, first, backend, seed);
    }
}
