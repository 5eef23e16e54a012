package dev.parallax.audit.attribution;

import dev.parallax.audit.DialogueAudit;
import dev.parallax.audit.DialogueAudit.FollowedTurn;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.ReadTurn;
import dev.parallax.model.answer.Answer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a model about an audited dialogue from which some turns are left out, as it would answer a manifest without
/// those rows; who speaks is numbered anew then. Answers are kept, so that a set of turns is rarely asked about twice.
final class FewerTurns {

    private static final int MOST_KEPT = 50_000; // answers, some tens of MB

    private final DialogueModel model;
    private final DialogueAudit audit;
    private final List<ReadTurn> read;
    private final List<Prediction> whole;
    private final Map<BitSet, List<@Nullable Prediction>> known = new HashMap<>();

    /// @param audit of the same model
    FewerTurns(DialogueModel model, DialogueAudit audit) {
        this.model = model;
        this.audit = audit;
        this.read = audit.turns().stream().map(FollowedTurn::read).toList();
        this.whole = audit.predictions();
    }

    DialogueModel model() {
        return model;
    }

    DialogueAudit audit() {
        return audit;
    }

    /// Number of turns.
    int count() {
        return read.size();
    }

    /// The answer to a turn with all turns.
    Prediction whole(int turn) {
        return whole.get(turn);
    }

    /// The class that is decided for a turn with all turns, by its number.
    int label(int turn) {
        return model.labels().names().indexOf(whole.get(turn).decision().label());
    }

    /// Turns as a set.
    static BitSet set(List<Integer> turns) {
        BitSet set = new BitSet();
        turns.forEach(set::set);
        return set;
    }

    /// The logit of a turn's decision.
    AskedTurn asked(int turn) {
        return new AskedTurn(turn, whole.get(turn).by(), label(turn));
    }

    /// The answer to a turn without others.
    ///
    /// @param gone not this turn
    Prediction without(int turn, BitSet gone) {
        List<@Nullable Prediction> all = known.get(gone);
        if (all == null) {
            all = ask(gone);
            if (known.size() * count() < MOST_KEPT) {
                known.put((BitSet) gone.clone(), all);
            }
        }
        Prediction answer = all.get(turn);
        if (answer == null) {
            throw new IllegalArgumentException("turn " + turn + " is itself left out: " + gone);
        }
        return answer;
    }

    private List<@Nullable Prediction> ask(BitSet gone) {
        List<ReadTurn> left = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            if (!gone.get(i)) {
                left.add(read.get(i));
            }
        }
        List<Prediction> answers = model.answer(left);
        List<@Nullable Prediction> all = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < read.size(); i++) {
            all.add(gone.get(i) ? null : answers.get(next++));
        }
        return all;
    }

    /// The probability of the decision of a turn in an answer to it, by the view that decided; NaN where that view has
    /// none.
    double probability(int turn, Prediction answer) {
        Answer same = answer.answers().get(whole.get(turn).by());
        return same == null ? Double.NaN : same.probabilities().get(label(turn));
    }

    /// Whether an answer to a turn is another class.
    boolean isOther(int turn, Prediction answer) {
        return !answer.decision().label().equals(whole.get(turn).decision().label());
    }

    /// The turns that may change the answer to one: of a causal model those before it, else all but itself.
    List<Integer> others(int turn) {
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < (model.causal() ? turn : read.size()); i++) {
            if (i != turn) {
                others.add(i);
            }
        }
        return others;
    }
}
