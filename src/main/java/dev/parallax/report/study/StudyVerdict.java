package dev.parallax.report.study;

import dev.parallax.report.study.StudyRow.Versus;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The conclusion of a study about its reference against all other ways to decide, in sentences.
public final class StudyVerdict {

    private static final double LEVEL = 0.05;

    private StudyVerdict() {}

    /// Which differences are significant. Where too few speakers or dialogues were tested for any to be, it says
    /// so.
    ///
    /// @param reference the strategy that the others are compared with
    public static String of(StudyFindings findings, String reference) {
        List<StudyRow> compared =
                findings.rows().stream().filter(row -> row.versus() != null).toList();
        if (!findings.fuses()) {
            return "Perspectives alone: nothing is fused, so nothing is compared.";
        }
        if (compared.isEmpty()) {
            return "Nothing was compared: " + reference + " is not among the strategies.";
        }
        List<String> shown = compared.stream()
                .filter(row -> versus(row).shown())
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s (%+.3f)",
                        row.title(),
                        versus(row).comparison().difference()))
                .toList();
        if (!shown.isEmpty()) {
            return "A difference from " + reference + " is shown for: " + String.join(", ", shown)
                    + ". For all others no difference is shown.";
        }
        double least = compared.stream()
                .mapToDouble(row -> versus(row).comparison().smallestP())
                .min()
                .orElseThrow();
        String none = "No difference between " + reference + " and any other way to decide is shown";
        return least * compared.size() < LEVEL
                ? none + "."
                : String.format(
                        Locale.ROOT,
                        "%s, and none could be: %d speakers or dialogues allow no p below %.4f, which counts %d times"
                                + " for as many comparisons. Test more speakers (‹folds›)%s.",
                        none,
                        versus(compared.getFirst()).comparison().clusters(),
                        least,
                        compared.size(),
                        least < LEVEL ? ", or name fewer strategies" : "");
    }

    private static Versus versus(StudyRow row) {
        return Objects.requireNonNull(row.versus());
    }
}
