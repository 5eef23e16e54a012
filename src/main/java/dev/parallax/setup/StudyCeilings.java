package dev.parallax.setup;

import dev.parallax.corpus.synthetic.SyntheticCeilings;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Choice;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.report.study.CeilingCheck;
import dev.parallax.report.study.StudyRow;
import dev.parallax.study.DecisionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The strategies of a study against the ceilings of the embedded corpus.
///
/// @param known  what can be reached
/// @param checks every trained way to decide, in the order of the tables
public record StudyCeilings(SyntheticCeilings known, List<CeilingCheck> checks) {

    private static final double PASSES = 2.33; // standard errors: 99 % of one side
    private static final double LEAKS = 3;

    /// The fusions whose class scores are f(audio) + g(text), whatever they learn.
    private static final Set<String> ADDS = Set.of("late-add", "late-weighted", "late-concat");

    static StudyCeilings of(SyntheticCeilings known, List<StudyRow> rows) {
        double alone = Math.max(known.audio(), known.text());
        List<CeilingCheck> checks = new ArrayList<>();
        for (StudyRow row : rows) {
            if (row.after() == null) {
                continue; // a baseline
            }
            boolean adds = adds(row.strategy());
            double own = ceiling(known, row.strategy());
            int n = row.utterances();
            checks.add(new CeilingCheck(
                    row.strategy(),
                    row.loss(),
                    row.wa().mean(),
                    adds,
                    above(alone, PASSES, n),
                    told(known) ? (Double) above(known.additive(), PASSES, n) : null,
                    above(own, LEAKS, n)));
        }
        return new StudyCeilings(known, List.copyOf(checks));
    }

    /// Whether the class scores of a strategy are f(audio) + g(text); a product of probabilities is such a sum.
    private static boolean adds(String strategy) {
        return ADDS.contains(strategy) || Choice.words(DecisionRule.class).contains(strategy);
    }

    /// The best that a strategy can reach.
    private static double ceiling(SyntheticCeilings known, String strategy) {
        return switch (Modality.named(strategy)) {
            case AUDIO -> known.audio();
            case TEXT -> known.text();
            case null -> adds(strategy) ? known.additive() : known.fused();
        };
    }

    private static double above(double ceiling, double errors, int n) {
        return ceiling + errors * SyntheticCeilings.standardError(ceiling, n);
    }

    /// Whether any score can be reached that adding cannot.
    private static boolean told(SyntheticCeilings known) {
        return known.additive() < known.fused();
    }

    /// Which ceilings are reached and which are not, for the terminal.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<CeilingCheck> fusing = checks.stream()
                .filter(check -> Modality.named(check.strategy()) == null)
                .toList();
        if (fusing.isEmpty()) {
            return lines;
        }
        lines.add(String.format(
                Locale.ROOT,
                "Above %.3f (2.33 standard errors past what one perspective can reach): %s",
                fusing.getFirst().alone(),
                some(fusing, CeilingCheck::passesAlone)));
        @Nullable Double additive = fusing.getFirst().additive();
        if (additive != null) {
            List<CeilingCheck> adding =
                    fusing.stream().filter(CeilingCheck::adds).toList();
            List<CeilingCheck> others =
                    fusing.stream().filter(check -> !check.adds()).toList();
            lines.add(String.format(
                    Locale.ROOT,
                    "Above %.3f (2.33 standard errors past what adding can reach): of those that only add %s; of the"
                            + " others %s",
                    additive,
                    some(adding, CeilingCheck::passesAdditive),
                    some(others, CeilingCheck::passesAdditive)));
        }
        checks.stream()
                .filter(CeilingCheck::leaks)
                .forEach(check -> lines.add(
                        "CHECK FAILED: " + check.title() + ": better than it can be on this corpus; something leaks"));
        return lines;
    }

    /// `all 5`, `none of 5`, or the shorter of the two lists of names.
    private static String some(List<CeilingCheck> checks, Predicate<CeilingCheck> passes) {
        List<CeilingCheck> passed = checks.stream().filter(passes).toList();
        if (passed.isEmpty()) {
            return "none of " + checks.size();
        }
        if (passed.size() == checks.size()) {
            return "all " + checks.size();
        }
        String count = passed.size() + " of " + checks.size();
        return 2 * passed.size() <= checks.size()
                ? count + " (" + names(passed) + ")"
                : count + " (not "
                        + names(checks.stream().filter(passes.negate()).toList()) + ")";
    }

    private static String names(List<CeilingCheck> checks) {
        return checks.stream().map(CeilingCheck::title).collect(Collectors.joining("; "));
    }

    /// The same for scripts.
    JsonObject toJson() {
        List<Json> all = new ArrayList<>();
        for (CeilingCheck check : checks) {
            all.add(Json.object()
                    .with("strategy", check.strategy())
                    .with("loss", check.loss().word())
                    .with("weightedAccuracy", check.accuracy())
                    .with("onlyAdds", check.adds())
                    .with("passesOnePerspective", check.passesAlone())
                    .with("passesAdding", check.passesAdditive())
                    .with("leaks", check.leaks()));
        }
        return Json.object()
                .with("audio", known.audio())
                .with("text", known.text())
                .with("fused", known.fused())
                .with("additive", known.additive())
                .with("standardErrors", PASSES)
                .with("checks", Json.array(all));
    }
}
