package dev.parallax.audit.attribution;

import dev.parallax.audit.DialogueAudit.FollowedTurn;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.data.DialogueExample;
import dev.parallax.eval.RankCorrelation;
import dev.parallax.fusion.View;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the answer to one turn of a dialogue hangs on.
///
/// @param label         the decided class
/// @param view          that decides
/// @param vectors       what the vectors of all turns add to its logit
/// @param agreement     rank correlation of what the other turns add with the probability that is lost without each;
///                      NaN for fewer than two others
/// @param words         of the turn; none where none is read
/// @param windowSeconds how long each window of the turn is that is heard [s]
/// @param input         what the words and stretches of this turn add to its logit, through the first stage
/// @param shapley       what audio and text of the dialogue bring to the probability, or null
/// @param noShapley     why not, or null
/// @param leaveOut      the fewest other turns without which the decision is another one; null where no other turn
///                      can change it
public record TurnExplanation(
        String label,
        View view,
        TurnWorth vectors,
        double agreement,
        List<String> words,
        List<Double> windowSeconds,
        ViewAttribution input,
        @Nullable ShapleyValues shapley,
        @Nullable String noShapley,
        @Nullable SmallestSet leaveOut) {

    private static final RecordJson<TurnExplanation> JSON = RecordJson.of(TurnExplanation.class);

    public TurnExplanation {
        words = List.copyOf(words);
        windowSeconds = List.copyOf(windowSeconds);
    }

    /// Explains the answer to a turn.
    ///
    /// @param dialogue the vectors of all turns
    /// @param lost     the probability that is lost without each turn; NaN for the turn itself
    /// @param budget   the most sets of turns that are left out, beside single ones
    static TurnExplanation of(FewerTurns fewer, DialogueExample dialogue, int turn, List<Double> lost, int budget) {
        DialogueModel model = fewer.model();
        Prediction prediction = fewer.whole(turn);
        AskedTurn asked = fewer.asked(turn);
        TurnWorth worth = TurnWorth.of(asked.byVectors(model, dialogue), dialogue);
        List<Integer> others = fewer.others(turn);
        Perturbation own = own(model, fewer.audit().turns().get(turn));
        return new TurnExplanation(
                prediction.decision().label(),
                prediction.by(),
                worth,
                RankCorrelation.of(
                        others.stream().mapToDouble(worth::of).toArray(),
                        others.stream().mapToDouble(lost::get).toArray()),
                own.words(),
                own.windowSeconds(),
                ViewAttribution.of(own, asked.byInput(model, dialogue, own.examples())),
                ShapleyValues.of(model, prediction),
                ShapleyValues.obstacle(model, prediction),
                others.isEmpty() ? null : leaveOut(fewer, turn, others, lost, others.size() + budget));
    }

    /// The turn as the first stage hears and reads it.
    private static Perturbation own(DialogueModel model, FollowedTurn turn) {
        EmotionModel first = Objects.requireNonNull(model.first());
        return new Perturbation(
                first,
                UtteranceAudit.of(first, turn.given().windows(), turn.given().text()));
    }

    private static SmallestSet leaveOut(
            FewerTurns fewer, int turn, List<Integer> others, List<Double> lost, int budget) {
        List<Double> worth = others.stream().map(lost::get).toList();
        return SmallestSet.of(worth, others.size(), budget, set -> {
                    BitSet gone =
                            FewerTurns.set(set.stream().mapToObj(others::get).toList());
                    Prediction answer = fewer.without(turn, gone);
                    return new SmallestSet.Reply(answer, fewer.isOther(turn, answer), fewer.probability(turn, answer));
                })
                .numbered(others);
    }

    /// Where a stretch of the turn begins in its window [s].
    public double start(int stretch) {
        return Perturbation.start(windowSeconds, stretch);
    }

    /// Where it ends [s].
    public double end(int stretch) {
        return Perturbation.end(windowSeconds, stretch);
    }

    /// All of it, for programs. What is not there is null.
    JsonObject toJson() {
        return JSON.write(this).with("view", view.word()).with("input", input.toJson());
    }
}
