package dev.parallax.model;

import dev.parallax.backend.Backend;
import dev.parallax.data.DialogueBatch;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Labels;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recogniser of the emotions of all utterances of a dialogue, from a vector each, every one in the light of its
/// neighbours: the model of Wu, Lu, Dai (ICASSP 2023). Bidirectional by default, so it also sees later turns.
public final class DialogueModel implements Model {

    private final DialogueConfig config;
    private final Backend backend;
    private final Parameters parameters = new Parameters();
    private final DialogueNetwork network;
    private final Temperatures temperatures;
    private final @Nullable RunRecord record;

    /// A new model with starting weights.
    public DialogueModel(DialogueConfig config, Backend backend, long seed) {
        this(config, backend, Temperatures.ONE, null);
        parameters.initialize(backend, seed);
    }

    DialogueModel(DialogueConfig config, Backend backend, Temperatures temperatures, @Nullable RunRecord record) {
        this.config = config;
        this.backend = backend;
        this.temperatures = temperatures;
        this.record = record;
        this.network = new DialogueNetwork(
                parameters,
                config.network(),
                config.audioSize(),
                config.textSize(),
                config.labels().size());
    }

    public DialogueConfig config() {
        return config;
    }

    /// Dialogues as one batch on its backend.
    public DialogueBatch batch(List<DialogueExample> dialogues) {
        return new DialogueBatch(
                backend,
                dialogues,
                config.audioSize(),
                config.textSize(),
                config.network().speakers());
    }

    /// The differentiable part: from a batch to the logits of every utterance.
    public FusedLogits forward(Pass pass, DialogueBatch batch) {
        return network.forward(pass, batch);
    }

    @Override
    public Labels labels() {
        return config.labels();
    }

    @Override
    public boolean readsAudio() {
        return config.audioSize() > 0;
    }

    @Override
    public boolean readsText() {
        return config.textSize() > 0;
    }

    @Override
    public boolean perspectivesTrained() {
        return config.perspectivesTrained();
    }

    @Override
    public JsonObject configuration() {
        return config.toJson();
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Temperatures temperatures() {
        return temperatures;
    }

    @Override
    public @Nullable RunRecord record() {
        return record;
    }

    @Override
    public DialogueModel with(RunRecord changedRecord, Temperatures changedTemperatures) {
        DialogueModel copy = new DialogueModel(config, backend, changedTemperatures, changedRecord);
        copy.parameters.initialize(backend, 0);
        backend.copy(parameters.values(), copy.parameters.values());
        return copy;
    }
}
