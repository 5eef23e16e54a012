package dev.parallax.report.audit;

import dev.parallax.audit.Finding;
import dev.parallax.audit.Replay;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.StepText;
import dev.parallax.trace.TraceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The steps of an answer, and each done again.
final class StepsSection {

    /// How a table of steps is read.
    static final String HOW =
            "Read it from below: the last steps are the decision, and each link leads to the step that"
                    + " made what is read. Parameters are tensors of the model's file; those whose names begin with"
                    + " audio-encoder or text-encoder are of the pretrained encoder's folder.";

    /// Where the numbers are.
    static final String CAPTION = "The numbers of each step are in " + TraceFile.VALUES
            + " under its name, its settings and the whole hash in " + TraceFile.STEPS;

    private static final int HASH = 12; // digits that are shown
    private static final int LONGEST_SETTINGS = 400; // characters that are shown

    private final Replay.Report replay;
    private final Map<String, Finding> findings = new HashMap<>();

    StepsSection(Replay.Report replay) {
        this.replay = replay;
        replay.findings().forEach(finding -> findings.put(finding.step(), finding));
    }

    /// What the replay has found.
    Html again() {
        boolean same = replay.findings().stream().allMatch(finding -> finding.now() == 0);
        String verdict =
                replay.isTrue() ? "All steps hold. " : "There are faults: " + String.join("; ", replay.faults()) + ". ";
        return Html.paragraph(verdict + replay.byFormula() + " of "
                + replay.findings().size()
                + " steps were computed again by their formula in plain double loops, without the code that computed them;"
                + " the largest difference is " + Shown.scientific(replay.largest())
                + " of the largest number of its step. The others (samples,"
                + " constants of the model's file) were computed again by the program itself"
                + (same ? ", with the same bits." : ", with other bits: another machine has computed them."));
    }

    /// A table of steps.
    Html table(String caption, List<Step> steps) {
        Table table = new Table(
                caption,
                List.of("step", "what and formula", "reads", "shape", "least … largest", "hash", "difference"));
        for (Step step : steps) {
            table.row(List.of(
                    Html.of("th", step.name()).with("scope", "row").with("id", step.name()),
                    Html.of("td", what(step)),
                    Html.of("td", reads(step)),
                    Table.cell(step.shape().toString()),
                    Table.cell(Shown.scientific(Shown.least(step.values())) + " … "
                            + Shown.scientific(Shown.largest(step.values()))),
                    Html.of("td", Html.of("code", hash(step))),
                    difference(findings.get(step.name()))));
        }
        return table.html();
    }

    private static List<Html> what(Step step) {
        List<Html> inside = new ArrayList<>();
        inside.add(Html.of("strong", step.action().part() + ": " + step.action().what()));
        inside.add(Html.of("br"));
        inside.add(Html.text(step.action().formula()));
        String settings = step.action().settings().toText();
        if (settings.length() > 2) {
            String shown =
                    settings.length() <= LONGEST_SETTINGS ? settings : settings.substring(0, LONGEST_SETTINGS) + "…";
            inside.add(Html.of("code", shown).with("class", "settings"));
        }
        return inside;
    }

    private static List<Html> reads(Step step) {
        List<Html> inside = new ArrayList<>();
        for (Source source : step.in()) {
            if (!inside.isEmpty()) {
                inside.add(Html.of("br"));
            }
            inside.add(source.isParameter() ? Html.of("code", source.parameter()) : Shown.link(source.value()));
        }
        return inside;
    }

    private static String hash(Step step) {
        return StepText.hash(step.values(), step.isDouble()).substring(0, HASH);
    }

    private static Html.Element difference(@Nullable Finding finding) {
        if (finding == null || Double.isNaN(finding.difference())) {
            return Table.cell("no formula");
        }
        return Table.cell(Shown.scientific(finding.difference()));
    }
}
