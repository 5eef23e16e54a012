package dev.parallax.audit.attribution;

import dev.parallax.io.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A [DialogueExplanation] in a few sentences. Turns are counted from 1.
public final class DialogueSummary {

    private static final int MOST_NAMED = 3; // words

    private DialogueSummary() {}

    /// What the answer to a turn hangs on.
    ///
    /// @param turn from 0
    public static List<String> of(DialogueExplanation explanation, int turn) {
        TurnExplanation its = explanation.turns().get(turn);
        List<String> all = new ArrayList<>();
        all.add(turns(its, turn));
        words(its, all);
        stretch(its, all);
        all.add(change(its));
        return all;
    }

    private static String turns(TurnExplanation its, int turn) {
        TurnWorth worth = its.vectors();
        List<Integer> others = IntStream.range(0, worth.audio().size())
                .filter(other -> other != turn)
                .boxed()
                .sorted(Comparator.comparingDouble(other -> -worth.of(other)))
                .toList();
        String self = String.format(
                Locale.ROOT, "the turn itself adds %+.3f to the logit of %s", worth.of(turn), its.label());
        if (others.isEmpty()) {
            return self;
        }
        int best = others.getFirst();
        int worst = others.getLast();
        return self
                + (worth.of(best) > 0 ? added(", most of the others turn %d, %+.3f", best, worth) : "")
                + (worth.of(worst) < 0 ? added(", most against it turn %d, %+.3f", worst, worth) : "");
    }

    private static String added(String format, int turn, TurnWorth worth) {
        return String.format(Locale.ROOT, format, turn + 1, worth.of(turn));
    }

    private static void words(TurnExplanation its, List<String> all) {
        List<Double> worth = its.input().words();
        String named = IntStream.range(0, worth.size())
                .boxed()
                .filter(word -> worth.get(word) > 0)
                .sorted(Comparator.comparingDouble(word -> -worth.get(word)))
                .limit(MOST_NAMED)
                .map(word ->
                        String.format(Locale.ROOT, "“%s” (%+.3f)", its.words().get(word), worth.get(word)))
                .collect(Collectors.joining(", "));
        if (!named.isEmpty()) {
            all.add("of its words speak most for it: " + named);
        }
    }

    private static void stretch(TurnExplanation its, List<String> all) {
        List<Double> worth = its.input().stretches();
        IntStream.range(0, worth.size())
                .boxed()
                .max(Comparator.comparingDouble(worth::get))
                .filter(best -> worth.get(best) > 0)
                .ifPresent(best -> all.add(String.format(
                        Locale.ROOT,
                        "of its sound speaks most for it: %.2f to %.2f s%s (%+.3f)",
                        its.start(best),
                        its.end(best),
                        its.windowSeconds().size() == 1 ? "" : " of window " + (best / Perturbation.STRETCHES + 1),
                        worth.get(best))));
    }

    /// The fewest other turns without which the decision is another one.
    private static String change(TurnExplanation its) {
        SmallestSet found = its.leaveOut();
        if (found == null) {
            return "there is no other turn that it could hang on";
        }
        String asked = Count.of(found.questions(), "set") + " of turns asked";
        Counterfactual.Change change = found.change();
        if (change == null) {
            return (found.smallest() ? "no set of other turns changes" : "no set of other turns was found to change")
                    + " the decision (" + asked + ")";
        }
        return String.format(
                Locale.ROOT,
                "without %s the decision is %s (%.3f; %s, %s)",
                named(change.places()),
                change.decision(),
                change.probability(),
                found.smallest() ? "no fewer turns do" : "the fewest found",
                asked);
    }

    /// Turns by their numbers from 1: `turn 2`, `turns 2, 3 and 5`.
    private static String named(List<Integer> turns) {
        String last = Integer.toString(turns.getLast() + 1);
        return turns.size() == 1
                ? "turn " + last
                : "turns "
                        + turns.subList(0, turns.size() - 1).stream()
                                .map(turn -> Integer.toString(turn + 1))
                                .collect(Collectors.joining(", "))
                        + " and " + last;
    }

    /// Whether what turns, words and stretches are worth can be trusted.
    public static List<String> checks(DialogueExplanation explanation) {
        List<String> all = new ArrayList<>();
        all.add("turns add up to "
                + gaps(
                        explanation,
                        its -> its.vectors().gap(),
                        its -> its.vectors().complete()));
        all.add("words and stretches of each turn add up to "
                + gaps(explanation, its -> its.input().gap(), its -> its.input().complete()));
        double agreement = explanation.turns().stream()
                .mapToDouble(TurnExplanation::agreement)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
        all.add("rank correlation with leaving out, the mean over the turns: " + decimals(agreement));
        DialogueChecks checks = explanation.checks();
        if (checks != null) {
            SanityCheck.Level last = checks.sanity().levels().getLast();
            all.add("rank correlation with a model of random weights: audio " + decimals(last.audio()) + ", text "
                    + decimals(last.text()));
            DeletionCurve curve = checks.deletion();
            if (curve != null) {
                all.add(curve.sentence());
            }
        }
        return all;
    }

    private static String gaps(
            DialogueExplanation explanation,
            Function<TurnExplanation, Double> gap,
            Function<TurnExplanation, Boolean> isComplete) {
        List<TurnExplanation> off = explanation.turns().stream()
                .filter(its -> !isComplete.apply(its))
                .toList();
        List<TurnExplanation> rest =
                explanation.turns().stream().filter(isComplete::apply).toList();
        if (off.isEmpty()) {
            return "the logit but for " + largest(rest, gap) + " at most";
        }
        String distrust = " (off by up to " + largest(off, gap) + "): do not trust them there";
        return rest.isEmpty()
                ? "the logit of NO turn" + distrust
                : "the logit of " + Count.of(rest.size(), "turn") + " but for " + largest(rest, gap)
                        + " at most, and NOT of " + Count.of(off.size(), "turn") + distrust;
    }

    private static String largest(List<TurnExplanation> turns, Function<TurnExplanation, Double> gap) {
        return String.format(
                Locale.ROOT,
                "%.3f %%",
                100 * turns.stream().mapToDouble(gap::apply).max().orElse(0));
    }

    private static String decimals(double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.2f", value);
    }
}
