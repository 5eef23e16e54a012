package dev.parallax.audit.attribution;

import dev.parallax.audit.attribution.Counterfactual.Change;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// An [Explanation] in a few sentences, the most important first.
public final class Summary {

    private static final int MOST_NAMED = 3; // words of a kind

    private final Explanation explanation;

    private Summary(Explanation explanation) {
        this.explanation = explanation;
    }

    /// The sentences.
    public static List<String> of(Explanation explanation) {
        Summary summary = new Summary(explanation);
        List<String> all = new ArrayList<>(summary.parts());
        summary.words(all);
        summary.stretch(all);
        explanation.counterfactuals().stream().map(summary::change).forEach(all::add);
        return all;
    }

    /// Whether what the parts are worth can be trusted, in sentences.
    public static List<String> checks(Explanation explanation) {
        List<String> all = new ArrayList<>();
        ViewAttribution decided = explanation.decided();
        all.add(String.format(
                Locale.ROOT,
                "the parts add up to the logit of %s but for %.3f %% (%d points%s)",
                explanation.label(),
                100 * decided.gap(),
                decided.points(),
                decided.complete() ? "" : "; this is above the bound, do not trust them"));
        Explanation.Agreement agreement = explanation.agreement();
        all.add("rank correlation with leaving out: words " + decimals(agreement.words()) + ", stretches "
                + decimals(agreement.stretches()));
        SanityCheck sanity = explanation.sanity();
        if (sanity != null) {
            SanityCheck.Level last = sanity.levels().getLast();
            all.add("rank correlation with a model of random weights: audio " + decimals(last.audio()) + ", text "
                    + decimals(last.text()));
        }
        for (DeletionCurve curve : explanation.deletions()) {
            all.add(curve.sentence());
        }
        return all;
    }

    private static String decimals(double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.2f", value);
    }

    private List<String> parts() {
        String label = explanation.label();
        ShapleyValues shapley = explanation.shapley();
        if (shapley != null && explanation.view() == View.FUSED) {
            return List.of(String.format(
                    Locale.ROOT,
                    "of the probability %.3f of %s from both, audio brings %+.3f and text %+.3f; %.3f is the prior",
                    shapley.both(),
                    label,
                    shapley.ofAudio(),
                    shapley.ofText(),
                    shapley.neither()));
        }
        ViewAttribution decided = explanation.decided();
        if (decided.stretches().isEmpty() || decided.words().isEmpty()) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT,
                "audio adds %+.3f to the logit of %s, text %+.3f",
                decided.audio(),
                label,
                decided.text()));
    }

    private void words(List<String> all) {
        List<Double> worth = explanation.decided().words();
        List<Integer> order = IntStream.range(0, worth.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -worth.get(i)))
                .toList();
        named(order, worth, 1, "for", all);
        named(order.reversed(), worth, -1, "against", all);
    }

    private void named(List<Integer> order, List<Double> worth, int sign, String which, List<String> all) {
        List<String> names = order.stream()
                .filter(i -> sign * worth.get(i) > 0)
                .limit(MOST_NAMED)
                .map(i -> quoted(i) + String.format(Locale.ROOT, " (%+.3f)", worth.get(i)))
                .toList();
        if (!names.isEmpty()) {
            all.add((names.size() == 1 ? "the word that speaks " : "the words that speak most ") + which + " "
                    + explanation.label() + ", and what " + (names.size() == 1 ? "it adds" : "they add")
                    + " to its logit: " + String.join(", ", names));
        }
    }

    private void stretch(List<String> all) {
        List<Double> worth = explanation.decided().stretches();
        IntStream.range(0, worth.size())
                .boxed()
                .max(Comparator.comparingDouble(worth::get))
                .filter(best -> worth.get(best) > 0)
                .ifPresent(best -> all.add(String.format(
                        Locale.ROOT,
                        "the stretch that speaks most for %s, and what it adds to its logit: %s (%+.3f)",
                        explanation.label(),
                        time(best, best),
                        worth.get(best))));
    }

    /// What changes the decision.
    private String change(Counterfactual found) {
        String what = switch (found.kind()) {
            case LEAVE_OUT -> "words left out";
            case REPLACE -> "words replaced";
            case SILENCE -> "a silent stretch";
        };
        Change change = found.change();
        if (found.obstacle() != null) {
            return what + ": not tried, " + found.obstacle();
        }
        if (change == null) {
            return what
                    + (found.smallest() ? ": none changes the decision (" : ": none was found to change the decision (")
                    + Count.of(found.questions(), "question") + " to the model)";
        }
        String least = switch (found.kind()) {
            case LEAVE_OUT, REPLACE -> found.smallest() ? "no fewer words do" : "the fewest found";
            case SILENCE -> found.smallest() ? "no shorter one does" : "the shortest found";
        };
        return String.format(
                Locale.ROOT,
                "%s, the decision is %s (%.3f; %s, %s to the model)",
                condition(found, change),
                change.decision(),
                change.probability(),
                least,
                Count.of(found.questions(), "question"));
    }

    private String condition(Counterfactual found, Change change) {
        List<Integer> places = change.places();
        return switch (found.kind()) {
            case LEAVE_OUT ->
                places.size() == explanation.words().size()
                        ? "without the text"
                        : "without "
                                + String.join(
                                        " and ",
                                        places.stream().map(this::quoted).toList());
            case REPLACE ->
                String.join(
                        " and ",
                        IntStream.range(0, places.size())
                                .mapToObj(
                                        i -> "with “" + change.replacements().get(i) + "” for " + quoted(places.get(i)))
                                .toList());
            case SILENCE -> "with silence from " + time(places.getFirst(), places.getLast());
        };
    }

    private String quoted(int word) {
        return "“" + explanation.words().get(word) + "”";
    }

    private String time(int first, int last) {
        String window =
                explanation.windowSeconds().size() == 1 ? "" : " of window " + (first / Perturbation.STRETCHES + 1);
        return String.format(Locale.ROOT, "%.2f to %.2f s%s", explanation.start(first), explanation.end(last), window);
    }
}
