package dev.parallax.audit.attribution;

import dev.parallax.audit.DialogueAudit;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// What each answer of a dialogue owes to its neighbours: the model answers the dialogue again without each turn, as
/// it would answer a manifest without that row. Who speaks is numbered anew then.
///
/// @param decisions     of each turn
/// @param probabilities of these, in the answer of the view that decides
/// @param withouts      [turn, left out]: the probability of the turn's decision, by the same view, where another turn
///                      is left out; NaN for the turn itself
/// @param changed       [turn, left out]: the decision then; for the turn itself its own
public record TurnOcclusion(
        List<String> decisions, List<Double> probabilities, List<List<Double>> withouts, List<List<String>> changed) {

    public TurnOcclusion {
        decisions = List.copyOf(decisions);
        probabilities = List.copyOf(probabilities);
        withouts = withouts.stream().map(List::copyOf).toList();
        changed = changed.stream().map(List::copyOf).toList();
    }

    /// Asks the model again without each turn.
    public static TurnOcclusion of(DialogueModel model, DialogueAudit audit) {
        return of(new FewerTurns(model, audit));
    }

    static TurnOcclusion of(FewerTurns fewer) {
        List<String> decisions = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        List<List<Double>> withouts = new ArrayList<>();
        List<List<String>> changed = new ArrayList<>();
        for (int turn = 0; turn < fewer.count(); turn++) {
            Answer decision = fewer.whole(turn).decision();
            decisions.add(decision.label());
            probabilities.add(decision.probability());
            List<Double> without = new ArrayList<>(Collections.nCopies(fewer.count(), Double.NaN));
            List<String> then = new ArrayList<>(Collections.nCopies(fewer.count(), decision.label()));
            for (int left = 0; left < fewer.count(); left++) {
                if (left != turn) {
                    Prediction answer = fewer.without(turn, FewerTurns.set(List.of(left)));
                    without.set(left, fewer.probability(turn, answer));
                    then.set(left, answer.decision().label());
                }
            }
            withouts.add(without);
            changed.add(then);
        }
        return new TurnOcclusion(decisions, probabilities, withouts, changed);
    }

    /// How the probability of a turn's decision changes where another turn is left out; NaN for the turn itself.
    public double change(int turn, int left) {
        return withouts.get(turn).get(left) - probabilities.get(turn);
    }

    /// The probability of a turn's decision that is lost without each turn; NaN for the turn itself.
    List<Double> losses(int turn) {
        return IntStream.range(0, decisions.size())
                .mapToObj(left -> -change(turn, left))
                .toList();
    }

    /// The turn without which the probability of a turn's decision changes most; -1 where none changes it.
    public int strongest(int turn) {
        int strongest = -1;
        double largest = 0;
        for (int left = 0; left < decisions.size(); left++) {
            double change = Math.abs(change(turn, left));
            if (change > largest) { // never for NaN
                strongest = left;
                largest = change;
            }
        }
        return strongest;
    }

    /// `{turns: [{turn, decision, probability, without: [...], decisions: [...]}]}`, turns counted from 0; the
    /// probability without itself is null.
    public JsonObject toJson() {
        return Json.object()
                .with(
                        "turns",
                        Json.array(IntStream.range(0, decisions.size())
                                .mapToObj(turn -> Json.object()
                                        .with("turn", turn)
                                        .with("decision", decisions.get(turn))
                                        .with("probability", probabilities.get(turn))
                                        .with(
                                                "without",
                                                Json.array(withouts.get(turn).stream()
                                                        .map(Json.Real::new)
                                                        .toList()))
                                        .with("decisions", changed.get(turn)))
                                .toList()));
    }
}
