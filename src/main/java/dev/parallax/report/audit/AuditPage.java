package dev.parallax.report.audit;

import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.Contributions;
import dev.parallax.audit.Finding;
import dev.parallax.audit.Replay;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.audit.attribution.Explanation;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Prediction;
import dev.parallax.model.TokenText;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.report.Sections;
import dev.parallax.report.page.Fact;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.StepText;
import dev.parallax.trace.TraceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page of one answer: what it is, what it hangs on, and every step that led to it. Its numbers are in the trace
/// beside it.
///
/// @param command       the whole command line
/// @param subject       what was audited
/// @param audit         the answer and its steps
/// @param rules         of the model
/// @param contributions the fused logits as a sum, or null where they are none
/// @param explanation   what the answer hangs on
/// @param replay        each step done again
public record AuditPage(
        String command,
        AuditSubject subject,
        UtteranceAudit audit,
        AnswerRules rules,
        @Nullable Contributions contributions,
        Explanation explanation,
        Replay.Report replay) {

    private static final int HASH = 12; // digits that are shown
    private static final int LONGEST_SETTINGS = 400; // characters that are shown

    /// Writes `report.html` and its `figures/` into a folder.
    ///
    /// @return the page's file
    public Path write(Path folder) {
        Prediction prediction = audit.prediction();
        Page page = new Page("Parallax: an answer, step by step", lead(prediction));
        replay.faults().forEach(fault -> page.notice("NOT TRUE: " + fault));
        prediction.warnings().forEach(page::notice);
        WorthSection worth = new WorthSection(explanation, audit.windows());
        page.section("Why", worth.why(page));
        page.section("The answer", answer(prediction));
        page.section("What each part is worth", worth.parts(page, prediction, contributions));
        page.section("Whether that holds", new CheckSection(explanation).html(page));
        if (hasSound()) {
            page.section("What was heard", heard(page));
        }
        if (!audit.tokens().isEmpty()) {
            page.section("What was read", read());
        }
        page.section("Each step done again", again());
        page.section("Every step", steps());
        page.section("What was run", Sections.facts(command, facts()));
        page.section("What Parallax says about itself", Sections.about());
        return page.write(folder);
    }

    private boolean hasSound() {
        return audit.trace().steps().stream()
                .anyMatch(step -> step.action().what().equals(UtteranceAudit.SAMPLES));
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Parallax", subject.parallax()));
        facts.add(new Fact("model", subject.model()));
        facts.add(new Fact("weights, SHA-256", subject.weights()));
        if (subject.recording() != null && subject.recordingHash() != null) {
            facts.add(new Fact("recording", subject.recording()));
            facts.add(new Fact("recording, SHA-256", subject.recordingHash()));
        }
        if (subject.text() != null) {
            facts.add(new Fact("text", subject.text()));
        }
        facts.add(new Fact("backend", subject.backend()));
        return facts;
    }

    private static String lead(Prediction prediction) {
        Answer decision = prediction.decision();
        return "The decision is " + decision.label() + ", with a probability of "
                + number(decision.probability(), 3) + (decision.sure() ? "; it is sure." : "; it is not sure.")
                + " It is the answer of " + (prediction.by() == View.FUSED ? "both" : "the " + prediction.decidedBy())
                + (prediction.by() == View.FUSED ? " perspectives together." : " alone.");
    }

    private List<Html> answer(Prediction prediction) {
        List<View> views = Perspectives.VIEWS.stream()
                .filter(view -> audit.logits().get(view) != null)
                .toList();
        List<String> header = new ArrayList<>(List.of("class"));
        for (View view : views) {
            header.add(view.word() + ", z");
            header.add(view.word() + ", p");
        }
        Table table = new Table("Logits z and probabilities p = softmax(z / T) of each answer", header);
        for (int c = 0; c < prediction.labels().size(); c++) {
            List<Html.Element> cells =
                    new ArrayList<>(List.of(Table.name(prediction.labels().get(c))));
            for (View view : views) {
                Step logits = audit.logits().get(view);
                Answer answer = prediction.answers().get(view);
                cells.add(Table.number(logits == null ? Double.NaN : logits.values()[c]));
                cells.add(Table.number(
                        answer == null ? Double.NaN : answer.probabilities().get(c)));
            }
            table.row(cells);
        }
        Table last = new Table(
                "From probabilities to the decision",
                List.of("answer", "temperature T", "largest p", "least p of a sure answer", "input", "sure"));
        for (View view : views) {
            Answer answer = prediction.answers().get(view);
            double threshold = rules.thresholds().get(view);
            last.row(List.of(
                    Table.name(view.word()),
                    Table.number(rules.temperatures().get(view)),
                    Table.number(answer == null ? Double.NaN : answer.probability()),
                    threshold >= 1 ? Table.cell("none is enough") : Table.number(threshold),
                    Table.cell(answer != null && answer.doubtful() ? "unlike the training data" : "known"),
                    Table.cell(answer != null && answer.sure() ? "yes" : "no")));
        }
        return List.of(table.html(), last.html());
    }

    private List<Html> heard(Page page) {
        List<Html> inside = new ArrayList<>();
        inside.add(
                Html.paragraph("From samples to what the network reads, stage by stage. Each is a step below, with its"
                        + " formula and settings."));
        Table table = new Table("Stages", List.of("step", "what", "shape", "least", "mean", "largest"));
        for (Step step : audit.trace().steps()) {
            if (step.action().part().equals("audio") && !step.in().stream().anyMatch(Source::isParameter)) {
                table.row(List.of(
                        Html.of("th", link(step.name())).with("scope", "row"),
                        Table.cell(step.action().what()),
                        Table.cell(shape(step.shape())),
                        Table.number(least(step.values())),
                        Table.number(mean(step.values())),
                        Table.number(largest(step.values()))));
            }
        }
        inside.add(table.html());
        int number = 0;
        for (Step step : audit.trace().steps()) {
            if (step.action().what().equals(UtteranceAudit.BANDS) && step.values().length > 0) {
                number++;
                inside.add(page.figure(bands("bands" + number, step)));
            }
        }
        return inside;
    }

    private static Figure bands(String name, Step step) {
        int frames = step.shape().getFirst();
        JsonObject settings = step.action().settings();
        double seconds =
                (double) frames * settings.object("framing").integer("hopLength") / settings.integer("sampleRate");
        return Figure.of(
                name,
                "Compressed energy by frequency, low bands below, of the speech that is left without silence.",
                List.of("frames", "bands"),
                List.of(List.of(
                        Integer.toString(frames), Integer.toString(step.shape().getLast()))),
                () -> SoundPictures.bands(step.values(), frames, seconds));
    }

    private List<Html> read() {
        Table table = new Table("Tokens", List.of("token", "known", "rows of the embedding"));
        for (TokenText token : audit.tokens()) {
            table.row(List.of(
                    Table.name(token.token()),
                    Table.cell(token.isKnown() ? "yes" : "by its pieces"),
                    Table.cell(token.rows().toString())));
        }
        return List.of(table.html());
    }

    private List<Html> again() {
        boolean same = replay.findings().stream().allMatch(finding -> finding.now() == 0);
        String verdict =
                replay.isTrue() ? "All steps hold. " : "There are faults: " + String.join("; ", replay.faults()) + ". ";
        return List.of(Html.paragraph(
                verdict + replay.byFormula() + " of " + replay.findings().size()
                        + " steps were computed again by their formula in plain double loops, without the code that computed them;"
                        + " the largest difference is " + scientific(replay.largest())
                        + " of the largest number of its step. The others (samples, resampling, silence and level, pitch,"
                        + " constants of the model's file) were computed again by the program itself"
                        + (same ? ", with the same bits." : ", with other bits: another machine has computed them.")));
    }

    private List<Html> steps() {
        Map<String, Finding> findings = new HashMap<>();
        replay.findings().forEach(finding -> findings.put(finding.step(), finding));
        Table table = new Table(
                "The numbers of each step are in " + TraceFile.VALUES
                        + " under its name, its settings and the whole hash" + " in " + TraceFile.STEPS,
                List.of("step", "what and formula", "reads", "shape", "least … largest", "hash", "difference"));
        for (Step step : audit.trace().steps()) {
            table.row(List.of(
                    Html.of("th", step.name()).with("scope", "row").with("id", step.name()),
                    Html.of("td", what(step)),
                    Html.of("td", reads(step)),
                    Table.cell(shape(step.shape())),
                    Table.cell(scientific(least(step.values())) + " … " + scientific(largest(step.values()))),
                    Html.of("td", Html.of("code", hash(step))),
                    difference(findings.get(step.name()))));
        }
        return List.of(
                Html.paragraph(
                        "Read it from below: the last steps are the decision, and each link leads to the step that"
                                + " made what is read. Parameters are tensors of the model's file."),
                table.html());
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
            inside.add(source.isParameter() ? Html.of("code", source.parameter()) : link(source.value()));
        }
        return inside;
    }

    private static Html.Element link(String step) {
        return Html.of("a", step).with("href", "#" + step);
    }

    private static String hash(Step step) {
        return StepText.hash(step.values(), step.isDouble()).substring(0, HASH);
    }

    private static Html.Element difference(@Nullable Finding finding) {
        if (finding == null || Double.isNaN(finding.difference())) {
            return Table.cell("no formula");
        }
        String unchecked = finding.unchecked() == 0 ? "" : " (" + finding.unchecked() + " numbers without formula)";
        return Table.cell(scientific(finding.difference()) + unchecked);
    }

    private static String shape(List<Integer> shape) {
        return shape.toString();
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String scientific(double value) {
        return (Math.abs(value) >= 0.001 && Math.abs(value) < 100_000) || value == 0
                ? String.format(Locale.ROOT, "%.4g", value)
                : String.format(Locale.ROOT, "%.1e", value);
    }
}
