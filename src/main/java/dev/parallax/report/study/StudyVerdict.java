package dev.parallax.report.study;

import dev.parallax.eval.Power;
import dev.parallax.eval.TextOverlap;
import dev.parallax.eval.ValidationGap;
import dev.parallax.io.Count;
import dev.parallax.report.study.StudyFindings.LinearLead;
import dev.parallax.report.study.StudyFindings.LossEffect;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The conclusions of a study, in sentences: what a reader must know before any score, then which differences are
/// shown, and how large a difference could have been shown.
public final class StudyVerdict {

    private static final double LEVEL = 0.05;
    private static final double KNOWN_SENTENCES = 0.9; // from this share on, a text score is not of new sentences
    private static final double SMALL = 0.02; // a difference that people ask about

    private final StudyFindings findings;
    private final String reference;
    private final boolean speakerIndependent;

    /// @param reference          the strategy that the others are compared with
    /// @param speakerIndependent whether no fold has a speaker in two parts and every speaker is known; else
    ///                           no advice is given to test more of them
    public StudyVerdict(StudyFindings findings, String reference, boolean speakerIndependent) {
        this.findings = findings;
        this.reference = reference;
        this.speakerIndependent = speakerIndependent;
    }

    /// What puts all scores in question: a linear model that no network beats, sentences that were trained on,
    /// and validation parts that were seen. Possibly none.
    public List<String> headlines() {
        List<String> lines = new ArrayList<>();
        LinearLead lead = findings.lead();
        if (lead != null && lead.versus().comparison().difference() >= 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "NO NETWORK BEATS A LINEAR MODEL: %s has an unweighted accuracy of %.3f, the best network (%s) of"
                            + " %.3f; the difference of %+.3f is %s (p %.4f).",
                    lead.linear(),
                    lead.versus().comparison().first(),
                    lead.network(),
                    lead.versus().comparison().second(),
                    lead.versus().comparison().difference(),
                    lead.versus().shown() ? "shown" : "not shown",
                    lead.versus().comparison().p()));
        }
        TextOverlap overlap = findings.overlap();
        boolean reads = findings.rows().stream().anyMatch(row -> row.strategy().equals("text"));
        if (reads && overlap.transcripts() > 0 && overlap.repeated() >= KNOWN_SENTENCES * overlap.transcripts()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "THE TEST SENTENCES WERE TRAINED ON: %d of %d also occur in training, word for word. What text adds"
                            + " here says nothing about sentences that are new.",
                    overlap.repeated(),
                    overlap.transcripts()));
        }
        ValidationGap gap = findings.gap();
        String apart = gap == null ? null : gap.warning();
        if (apart != null) {
            lines.add(apart);
        }
        return lines;
    }

    /// Which differences are shown, of strategies and of losses, and what could have been shown.
    public List<String> sentences() {
        List<String> lines = new ArrayList<>(List.of(strategies()));
        if (!findings.effects().isEmpty()) {
            lines.add(losses());
        }
        LinearLead lead = findings.lead();
        if (lead != null
                && lead.versus().comparison().difference() < 0
                && !lead.versus().shown()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "No network is shown to be better than %s (%.3f against %.3f of %s).",
                    lead.linear(),
                    lead.versus().comparison().first(),
                    lead.versus().comparison().second(),
                    lead.network()));
        }
        String power = power();
        if (power != null) {
            lines.add(power);
        }
        return lines;
    }

    private List<StudyRow> compared() {
        return findings.rows().stream().filter(row -> row.versus() != null).toList();
    }

    private String strategies() {
        List<StudyRow> compared = compared();
        if (!findings.fuses()) {
            return "Perspectives alone: nothing is fused, so nothing is compared.";
        }
        if (compared.isEmpty()) {
            return "Nothing was compared: " + reference + " is not among the strategies.";
        }
        List<String> shown = compared.stream()
                .filter(row -> versus(row).shown())
                .map(row -> named(row.title(), versus(row)))
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
                        "%s, and none could be: %s no p below %.4f%s.%s",
                        none,
                        Count.of(
                                versus(compared.getFirst()).comparison().clusters(),
                                "speaker or dialogue allows",
                                "speakers or dialogues allow"),
                        least,
                        compared.size() == 1
                                ? ""
                                : ", which counts " + compared.size() + " times for as many comparisons",
                        advice(least < LEVEL));
    }

    /// How differences could be shown, a sentence after a blank; empty where no way is known.
    ///
    /// @param fewer whether fewer comparisons would do
    private String advice(boolean fewer) {
        if (speakerIndependent) {
            return " Test more speakers (‹folds›)" + (fewer ? ", or name fewer strategies." : ".");
        }
        return fewer ? " Name fewer strategies." : "";
    }

    private String losses() {
        List<String> shown = findings.effects().stream()
                .filter(effect -> effect.versus().shown())
                .map(effect -> named(effect.title(), effect.versus()))
                .toList();
        return shown.isEmpty()
                ? "No other loss is shown to differ from the single loss, in any strategy."
                : "Against the single loss, a difference is shown for: " + String.join(", ", shown)
                        + ". For all others none is shown.";
    }

    private static String named(String title, Versus versus) {
        return String.format(
                Locale.ROOT, "%s (%+.3f)", title, versus.comparison().difference());
    }

    /// What the comparisons with the reference could have shown, or those of losses where there are no others.
    private @Nullable String power() {
        List<Power> powers = Stream.concat(
                        compared().stream().map(StudyVerdict::versus),
                        findings.effects().stream().map(LossEffect::versus))
                .map(Versus::power)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted(Comparator.comparingDouble(Power::standardError))
                .toList();
        if (powers.isEmpty()) {
            return null;
        }
        Power middle = powers.get(powers.size() / 2);
        Power single = new Power(middle.standardError(), middle.clusters(), LEVEL);
        return String.format(
                Locale.ROOT,
                "What could have been shown: with a power of 80 %%, %s %s as one of so many"
                        + " comparisons, and %s as the only one. A difference of %.2f takes about %.0f (median of"
                        + " %s).",
                Count.of(middle.clusters(), "speaker or dialogue shows", "speakers or dialogues show"),
                detectable(middle),
                detectable(single),
                SMALL,
                middle.needed(SMALL),
                Count.of(powers.size(), "comparison"));
    }

    private static String detectable(Power power) {
        return Double.isFinite(power.detectable())
                ? String.format(Locale.ROOT, "differences from about %.3f on", power.detectable())
                : "no difference";
    }

    private static Versus versus(StudyRow row) {
        return Objects.requireNonNull(row.versus());
    }
}
