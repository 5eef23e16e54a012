package dev.parallax.audit;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.data.Dialogue;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.ReadTurn;
import dev.parallax.model.TokenText;
import dev.parallax.model.domain.HeardWindow;
import dev.parallax.nn.Pass;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.TapeRecorder;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The answers to the turns of a dialogue with all steps that led to them: each turn through the first stage to its
/// vectors, all vectors through the network of the dialogue, and from each turn's logits to its decision.
///
/// @param trace   every step, from the samples of the first turn to the last decision
/// @param turns   in their order
/// @param network the steps of the network of the dialogue, which reads the vectors of all turns
public record DialogueAudit(Trace trace, List<FollowedTurn> turns, List<Step> network) implements Audit {

    /// The setting of a step that is of one turn: its number, from 0.
    static final String TURN = "turn";

    /// A turn that was followed.
    ///
    /// @param given      its sound and words
    /// @param read       as the network reads it
    /// @param tokens     of its text; none where there is no text
    /// @param first      the steps of the first stage, up to its vectors
    /// @param logits     of each view, or null
    /// @param answer     the steps from its logits to its decision
    /// @param prediction the answer, which is that of [DialogueModel#predict] to the last bit
    public record FollowedTurn(
            HeardTurn given,
            ReadTurn read,
            List<TokenText> tokens,
            List<Step> first,
            Perspectives<@Nullable Step> logits,
            List<Step> answer,
            Prediction prediction) {

        public FollowedTurn {
            tokens = List.copyOf(tokens);
            first = List.copyOf(first);
            answer = List.copyOf(answer);
        }
    }

    public DialogueAudit {
        turns = List.copyOf(turns);
        network = List.copyOf(network);
    }

    /// Answers a dialogue and keeps what was done.
    ///
    /// @param turns at least one, in their order
    /// @throws BadInputException when the model is given vectors, or reads none of what a turn has
    public static DialogueAudit of(DialogueModel model, List<HeardTurn> turns) {
        EmotionModel first = model.first();
        if (first == null) {
            throw new BadInputException(
                    "audit: this model of dialogues answers vectors that another model made, so there"
                            + " is no sound and no word to follow; give one that was trained on recordings or sentences");
        }
        List<ReadTurn> read = new ArrayList<>();
        for (HeardTurn turn : turns) {
            List<HeardWindow> windows = UtteranceAudit.heard(first, turn.windows());
            read.add(model.read(read.size(), UtteranceAudit.recording(windows), turn.text(), turn.speaker(), 1));
        }
        List<Prediction> predictions = model.answer(read);
        Trace trace = new Trace();
        List<List<Step>> firsts = new ArrayList<>();
        List<TurnVectors> vectors = new ArrayList<>();
        for (HeardTurn turn : turns) {
            int from = trace.steps().size();
            vectors.add(TurnVectors.of(trace, model, first, turn, place(firsts.size())));
            firsts.add(since(trace, from));
        }
        int network = trace.steps().size();
        List<Perspectives<List<Source>>> logits = network(trace, model, vectors, turns);
        List<Step> ofNetwork = since(trace, network);
        List<FollowedTurn> followed = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            int from = trace.steps().size();
            HeardTurn turn = turns.get(i);
            AnswerSteps answer = new AnswerSteps(trace, model, "z, the row of this turn", place(i));
            Perspectives<@Nullable Step> its = answer.follow(logits.get(i), predictions.get(i));
            followed.add(new FollowedTurn(
                    turn,
                    read.get(i),
                    first.tokens(turn.text()),
                    firsts.get(i),
                    its,
                    since(trace, from),
                    predictions.get(i)));
        }
        return new DialogueAudit(trace, followed, ofNetwork);
    }

    private static JsonObject place(int turn) {
        return Json.object().with(TURN, turn);
    }

    private static List<Step> since(Trace trace, int from) {
        return List.copyOf(trace.steps().subList(from, trace.steps().size()));
    }

    /// The network of the dialogue.
    ///
    /// @return the logits of each turn by each view, none or one
    private static List<Perspectives<List<Source>>> network(
            Trace trace, DialogueModel model, List<TurnVectors> vectors, List<HeardTurn> turns) {
        int[] speakers = Dialogue.numbered(turns, HeardTurn::speaker);
        List<Step> rows = DialogueRowSteps.of(trace, vectors, model.network().speakers() ? speakers : null);
        int[] unknown = new int[turns.size()];
        Arrays.fill(unknown, -1);
        List<Vectors> read = vectors.stream().map(TurnVectors::vectors).toList();
        DialogueExample example = new DialogueExample(read, speakers, unknown);
        TapeRecorder recorder = new TapeRecorder(trace, rows);
        try (Tape tape = new Tape(model.backend(), recorder)) {
            FusedLogits logits = model.forward(Pass.inference(tape, model.parameters()), List.of(example));
            return IntStream.range(0, turns.size())
                    .mapToObj(turn -> Perspectives.of(view -> row(recorder, logits, view, turn)))
                    .toList();
        }
    }

    private static List<Source> row(TapeRecorder recorder, FusedLogits logits, View view, int turn) {
        int row = Arrays.binarySearch(logits.owners(view), turn);
        Variable all = logits.logits(view);
        if (all == null || row < 0) {
            return List.of();
        }
        Source whole = recorder.source(all);
        int classes = all.shape().columns();
        return List.of(new Source(whole.value(), whole.first() + row * classes, List.of(1, classes)));
    }

    @Override
    public List<Prediction> predictions() {
        return turns.stream().map(FollowedTurn::prediction).toList();
    }
}
