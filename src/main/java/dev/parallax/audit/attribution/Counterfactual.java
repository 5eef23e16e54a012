package dev.parallax.audit.attribution;

import dev.parallax.io.Choice;
import dev.parallax.model.Prediction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small change of the input that changes the decision, or that none was found within a number of
/// questions to the model. Source: Wachter, Mittelstadt, Russell, "Counterfactual Explanations without
/// Opening the Black Box", 2017.
///
/// @param kind      of change
/// @param change    the smallest that was found, or null
/// @param smallest  whether all smaller ones were asked, without another decision; where there is no
///                  change, all there are
/// @param questions that were put to the model
/// @param obstacle  why there is nothing to ask, or null
public record Counterfactual(
        Kind kind,
        @Nullable Change change,
        boolean smallest,
        int questions,
        @Nullable String obstacle) {

    /// What is changed.
    public enum Kind implements Choice {
        /// Words are left out.
        LEAVE_OUT,
        /// Words are replaced by others of the vocabulary, see [WordReplacement].
        REPLACE,
        /// Stretches of one window that follow each other are silenced.
        SILENCE
    }

    /// A change, and the decision after it.
    ///
    /// @param places       numbers of the words or stretches
    /// @param replacements of the words in these places; none where they are left out or silenced
    /// @param decision     the class that is then decided
    /// @param probability  of it
    public record Change(List<Integer> places, List<String> replacements, String decision, double probability) {

        public Change {
            places = List.copyOf(places);
            replacements = List.copyOf(replacements);
        }

        static Change of(List<Integer> places, List<String> replacements, Prediction prediction) {
            return new Change(
                    places,
                    replacements,
                    prediction.decision().label(),
                    prediction.decision().probability());
        }
    }

    /// One where nothing can be asked.
    static Counterfactual impossible(Kind kind, String obstacle) {
        return new Counterfactual(kind, null, false, 0, obstacle);
    }

    /// The fewest words to leave out, see [SmallestSet].
    ///
    /// @param worth  of each word; sets that are worth more are asked first; unknown words last
    /// @param budget the most questions
    static Counterfactual leaveOut(Perturbation asked, List<Double> worth, int budget) {
        int words = asked.words().size();
        int most = asked.stretches() == 0 ? words - 1 : words; // without any word there is only the audio to answer
        if (most < 1) {
            return impossible(Kind.LEAVE_OUT, words == 0 ? "no text is read" : "there is one word alone");
        }
        List<Double> ofAll = new ArrayList<>(worth);
        ofAll.addAll(Collections.nCopies(words - worth.size(), Double.NaN));
        return of(Kind.LEAVE_OUT, SmallestSet.of(ofAll, most, budget, gone -> {
            Prediction changed = asked.ask(new BitSet(), DeletionCurve.left(asked.words(), gone));
            return new SmallestSet.Reply(changed, asked.isOther(changed), asked.probability(changed));
        }));
    }

    /// What a search has found.
    static Counterfactual of(Kind kind, SmallestSet found) {
        return new Counterfactual(kind, found.change(), found.smallest(), found.questions(), null);
    }

    /// The shortest run of stretches to silence. Of each length, from one stretch to a whole window,
    /// those that are worth most are asked first: all, or as many as the budget has left for each
    /// length.
    ///
    /// @param worth  of each stretch
    /// @param budget the most questions, at least [Perturbation#STRETCHES]
    static Counterfactual silence(Perturbation asked, List<Double> worth, int budget) {
        if (asked.stretches() == 0) {
            return impossible(Kind.SILENCE, "no sound is heard");
        }
        int before = asked.questions();
        boolean all = true;
        for (int length = 1; length <= Perturbation.STRETCHES; length++) {
            List<BitSet> runs = runs(asked.stretches(), length);
            runs.sort(Comparator.comparingDouble(run -> -SmallestSet.sum(run, worth)));
            int left = budget - (asked.questions() - before);
            int lengths = Perturbation.STRETCHES - length + 1; // this one and all longer ones
            int remaining = asked.stretches() / Perturbation.STRETCHES * lengths * (lengths + 1) / 2; // runs of these
            int some = remaining <= left ? runs.size() : Math.min(runs.size(), left / lengths);
            for (BitSet run : runs.subList(0, some)) {
                Prediction changed = asked.ask(run, asked.words());
                if (asked.isOther(changed) && changed != null) {
                    Change change = Change.of(run.stream().boxed().toList(), List.of(), changed);
                    return new Counterfactual(Kind.SILENCE, change, all, asked.questions() - before, null);
                }
            }
            all = all && some == runs.size();
        }
        return new Counterfactual(Kind.SILENCE, null, all, asked.questions() - before, null);
    }

    /// Stretches of one window that follow each other.
    private static List<BitSet> runs(int stretches, int length) {
        List<BitSet> runs = new ArrayList<>();
        for (int window = 0; window < stretches; window += Perturbation.STRETCHES) {
            for (int from = window; from + length <= window + Perturbation.STRETCHES; from++) {
                BitSet run = new BitSet();
                run.set(from, from + length);
                runs.add(run);
            }
        }
        return runs;
    }
}
