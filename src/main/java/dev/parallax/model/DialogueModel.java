package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.autograd.Tape;
import dev.parallax.backend.Backend;
import dev.parallax.data.DialogueBatch;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Labels;
import dev.parallax.data.VectorScaling;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.io.JsonObject;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recognises the emotions of all utterances of a dialogue, from one vector each and from those of its neighbours:
/// the model of Wu, Lu, Dai (ICASSP 2023). Bidirectional by default, so it also uses later turns.
public final class DialogueModel extends Model {

    private final DialogueConfig config;
    private final DialogueNetwork network;
    private final VectorScaling scaling;
    private final @Nullable EmotionModel first;

    /// A new model with starting weights.
    ///
    /// @param first what makes the vectors of recordings and sentences, or null where vectors are given
    public DialogueModel(DialogueConfig config, @Nullable EmotionModel first, Backend backend, long seed) {
        this(config, VectorScaling.NONE, first, backend, seed);
    }

    /// A new model with starting weights that reads vectors on a common scale.
    ///
    /// @param scaling over the training part, [VectorScaling#NONE] where vectors are read as they are
    public DialogueModel(
            DialogueConfig config, VectorScaling scaling, @Nullable EmotionModel first, Backend backend, long seed) {
        this(config, scaling, first, backend, AnswerRules.PLAIN, null);
        parameters().initialize(backend, seed);
    }

    private DialogueModel(DialogueModel other, AnswerRules rules, RunRecord record) {
        super(other.backend(), other.parameters(), rules, record);
        this.scaling = other.scaling;
        this.config = other.config;
        this.first = other.first;
        this.network = other.network;
    }

    DialogueModel(
            DialogueConfig config,
            VectorScaling scaling,
            @Nullable EmotionModel first,
            Backend backend,
            AnswerRules rules,
            @Nullable RunRecord record) {
        super(backend, new Parameters(), rules, record);
        boolean scaled = config.network().standardization() != Standardization.NONE;
        requireFitting("audio", scaled ? config.audioSize() : 0, scaling.audio());
        requireFitting("text", scaled ? config.textSize() : 0, scaling.text());
        this.scaling = scaling;
        this.config = config;
        this.first = first;
        this.network = new DialogueNetwork(
                parameters(),
                config.network(),
                config.audioSize(),
                config.textSize(),
                config.labels().size());
    }

    private static void requireFitting(String what, int columns, @Nullable FeatureScaling scaling) {
        int found = scaling == null ? 0 : scaling.columns();
        if (found != columns) {
            throw new BadInputException("model: its configuration asks for a scaling of " + columns + " columns of "
                    + what + " vectors, and there is one of " + found);
        }
    }

    /// How vectors are brought to a common scale before the network reads them.
    public VectorScaling scaling() {
        return scaling;
    }

    public DialogueConfig config() {
        return config;
    }

    /// What makes the vectors of recordings and sentences: a model of single utterances, trained on the same
    /// training part; null for a model that is given vectors.
    public @Nullable EmotionModel first() {
        return first;
    }

    /// The emotions of the utterances of a dialogue, each in the context of the others.
    ///
    /// @param turns in their order
    /// @throws BadInputException when this model is given vectors, or reads none of what a turn has
    public List<Prediction> predict(List<Turn> turns) {
        return predict(turns, 1);
    }

    /// The same of a dialogue that is answered alone.
    ///
    /// @param threads at most, for features and states of pretrained encoders; no answer depends on how many
    public List<Prediction> predict(List<Turn> turns, int threads) {
        EmotionModel reader = reader();
        List<ReadTurn> read = new ArrayList<>();
        for (Turn turn : turns) {
            AudioSource audio = reader.readsAudio() ? turn.audio() : null;
            HeardRecording recording = audio == null ? null : reader.hear(audio, threads);
            read.add(read(read.size(), recording, turn.text(), turn.speaker(), threads));
        }
        return answer(read);
    }

    /// A turn as the network reads it: the first of the two steps of [#predict]. It does not depend on other turns.
    ///
    /// @param number    of the turn in its dialogue, from 0, for messages
    /// @param recording as [#first] hears it, or null
    /// @param text      its words, or null
    /// @param speaker   who speaks, or null
    /// @param threads   at most, on which it does not depend
    /// @throws BadInputException when this model is given vectors, or reads none of what the turn has
    public ReadTurn read(
            int number,
            @Nullable HeardRecording recording,
            @Nullable String text,
            @Nullable String speaker,
            int threads) {
        List<String> told = new ArrayList<>();
        EmotionModel.Read read = reader().vectors(recording, text, told, threads);
        Vectors made = read.vectors();
        if (made == null) {
            throw new BadInputException("predict: turn " + (number + 1) + " of the dialogue has nothing that"
                    + " this model reads; give it " + (readsAudio() ? "audio" : "text"));
        }
        return new ReadTurn(scaling.apply(made), speaker, told, read.doubts());
    }

    private EmotionModel reader() {
        if (first == null) {
            throw new BadInputException("predict: this model of dialogues answers vectors that another model made, not"
                    + " recordings or sentences; score it with evaluate ‹corpus features:DIR›");
        }
        return first;
    }

    /// The answers to the turns of a dialogue that were read: the second step of [#predict].
    ///
    /// @param turns at least one, in their order
    public List<Prediction> answer(List<ReadTurn> turns) {
        DialogueExample example = ReadTurn.dialogue(turns);
        List<Prediction> predictions = new ArrayList<>();
        try (Parameters.Use _ = parameters().use();
                Tape tape = new Tape(backend())) {
            FusedLogits logits = forward(Pass.inference(tape, parameters()), List.of(example));
            for (int i = 0; i < turns.size(); i++) {
                PredictionAverage answer = new PredictionAverage(this);
                answer.add(logits, i);
                predictions.add(
                        answer.prediction(turns.get(i).warnings(), turns.get(i).doubts()));
            }
        }
        return predictions;
    }

    /// The differentiable part: from dialogues, as one batch in the memory of the tape, to the logits of every
    /// utterance.
    ///
    /// @param dialogues their vectors scaled by [#scaling]
    public FusedLogits forward(Pass pass, List<DialogueExample> dialogues) {
        return forward(pass, dialogues, InputRows.AS_READ);
    }

    /// The same where the encoders read other rows than those of the dialogues, or rows by which is differentiated.
    public FusedLogits forward(Pass pass, List<DialogueExample> dialogues, InputRows read) {
        DialogueBatch batch = new DialogueBatch(
                backend(),
                pass.tape()::room,
                dialogues,
                config.audioSize(),
                config.textSize(),
                config.network().speakers());
        return fused(pass, network.forward(pass, batch, read));
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
    public boolean causal() {
        return config.network().causal();
    }

    @Override
    public List<String> pretrainedEncoders() {
        return first == null ? List.of() : first.pretrainedEncoders();
    }

    @Override
    public String context() {
        return context(causal());
    }

    static String context(boolean causal) {
        return causal
                ? "each utterance with those before it in its dialogue (causal)"
                : "each utterance with its whole dialogue, also what comes later (not causal)";
    }

    @Override
    public NetworkConfig network() {
        return config.network();
    }

    @Override
    public JsonObject configuration() {
        return config.toJson();
    }

    @Override
    public DialogueModel with(RunRecord changedRecord, AnswerRules changedRules) {
        requireOpen();
        return new DialogueModel(this, changedRules, changedRecord);
    }

    @Override
    public void close() {
        super.close();
        if (first != null) {
            first.close();
        }
    }
}
