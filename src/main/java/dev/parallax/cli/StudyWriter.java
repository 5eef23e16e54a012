package dev.parallax.cli;

import dev.parallax.backend.Backend;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.corpus.Split;
import dev.parallax.corpus.synthetic.SyntheticCeilings;
import dev.parallax.data.Labels;
import dev.parallax.eval.TextOverlap;
import dev.parallax.report.CeilingCheck;
import dev.parallax.report.Fact;
import dev.parallax.report.StudyCell;
import dev.parallax.report.StudyReport;
import dev.parallax.report.StudyRow;
import dev.parallax.study.Cell;
import dev.parallax.study.CellResult;
import dev.parallax.study.StudyPlan;
import dev.parallax.study.StudyResults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a study tells: its page, and the table on the terminal.
final class StudyWriter {

    private static final double PASSES = 2.33; // standard errors: 99 % of one side
    private static final double LEAKS = 3;

    private final Arguments arguments;
    private final StudyInputs inputs;
    private final StudyResults study;
    private final List<TextOverlap> overlaps;
    private final Backend backend;
    private final StudyCommands commands;
    private final @Nullable SyntheticCeilings known;

    /// @param overlaps transcripts known from training, fold by fold
    /// @param out      the study's folder, which gets the settings of each strategy
    StudyWriter(
            Arguments arguments,
            StudyInputs inputs,
            StudyResults study,
            List<TextOverlap> overlaps,
            Backend backend,
            Path out) {
        this.arguments = arguments;
        this.inputs = inputs;
        this.study = study;
        this.overlaps = overlaps;
        this.backend = backend;
        this.commands = new StudyCommands(arguments, inputs, out);
        this.known = inputs.base().corpora().embedded()
                        && CorpusSet.resized(Corpora.open(arguments.required("corpus", "")), arguments)
                                instanceof EmbeddedCorpus embedded
                ? embedded.ceilings()
                : null;
    }

    /// The page.
    ///
    /// @param seconds that this sitting took
    StudyReport report(double seconds) {
        TrainPlan base = inputs.base();
        StudyPlan plan = study.plan();
        String corpus = String.join(", ", arguments.texts("corpus")) + ": "
                + base.setup().utterances().size() + " utterances";
        List<Fact> facts = List.of(
                new Fact("what a model sees", study.context()),
                new Fact("training runs", Integer.toString(study.cells().size())),
                new Fact(
                        "settings tried by each",
                        Integer.toString(plan.variants().size())),
                new Fact("augmentation", base.settings().augmentation().describe()),
                new Fact("this sitting", String.format(Locale.ROOT, "%.0f s", seconds)));
        return new StudyReport(
                ReportFacts.run(
                        arguments,
                        base.setup().training().seed(),
                        corpus,
                        backend.description(),
                        facts,
                        base.setup().training().dishonesty()),
                base.corpora().embedded(),
                Labels.of(study.labels()),
                study.findings(),
                StudyPlan.REFERENCE,
                levels(),
                ceilings(),
                plan.seeds(),
                sizes(),
                plan.folds().stream().map(Split::describe).toList(),
                shares(),
                base.corpora().notes(),
                study.cells().stream().map(this::cell).toList());
    }

    private String sizes() {
        StudyPlan plan = study.plan();
        int reference = plan.base()
                .plan()
                .withNetwork(plan.network(StudyPlan.REFERENCE, plan.variants().getFirst()))
                .size();
        return plan.equalSizes()
                ? "Strategies are compared at about equal size: recurrent states and the width of the fusion are scaled so"
                        + " that each has as nearly as possible the " + reference + " learned values of "
                        + StudyPlan.REFERENCE + ", word vectors aside; the last column counts them too."
                : "Strategies have the widths that were set, so some have more parameters than others: see the last"
                        + " column.";
    }

    private Map<String, Double> levels() {
        Map<String, Double> levels = new LinkedHashMap<>();
        if (known != null) {
            levels.put("ceiling of audio and text together", known.fused());
            if (known.additive() < known.fused()) {
                levels.put("ceiling of adding what each says", known.additive());
            }
            levels.put("ceiling of audio alone", known.audio());
            levels.put("ceiling of text alone", known.text());
        }
        levels.put("always one class", 1.0 / study.labels().size());
        return levels;
    }

    /// Each trained way to decide against the ceilings; none where they are not known.
    List<CeilingCheck> ceilings() {
        List<CeilingCheck> checks = new ArrayList<>();
        SyntheticCeilings ceilings = known;
        if (ceilings == null) {
            return checks;
        }
        for (StudyRow row : study.findings().rows()) {
            if (row.after() == null) {
                continue; // a baseline
            }
            double accuracy = row.wa().mean();
            int n = row.utterances();
            double own = switch (row.strategy()) {
                case "audio" -> ceilings.audio();
                case "text" -> ceilings.text();
                default -> ceilings.fused();
            };
            checks.add(new CeilingCheck(
                    row.strategy(),
                    row.loss(),
                    accuracy,
                    accuracy > above(Math.max(ceilings.audio(), ceilings.text()), PASSES, n),
                    accuracy > above(ceilings.additive(), PASSES, n),
                    accuracy > above(own, LEAKS, n)));
        }
        return checks;
    }

    private static double above(double ceiling, double errors, int n) {
        return ceiling + errors * SyntheticCeilings.standardError(ceiling, n);
    }

    /// What every table carries.
    private List<String> shares() {
        List<String> shares = new ArrayList<>();
        int transcripts = overlaps.stream().mapToInt(TextOverlap::transcripts).sum();
        int repeated = overlaps.stream().mapToInt(TextOverlap::repeated).sum();
        shares.add(
                transcripts == 0
                        ? "Test transcripts that also occur in training: not known, the texts are not there."
                        : String.format(
                                Locale.ROOT,
                                "Test transcripts that also occur in training, word for word: %d of %d, %.1f %%.",
                                repeated,
                                transcripts,
                                100.0 * repeated / transcripts));
        shares.add(inputs.base().excluded().describe());
        double dropped = study.plan().folds().stream()
                .mapToDouble(Split::excludedShare)
                .average()
                .orElse(0);
        if (dropped > 0) {
            shares.add(String.format(
                    Locale.ROOT,
                    "Left out of training and validation since the test part says the same: %.1f %% on average.",
                    100 * dropped));
        }
        return shares;
    }

    private StudyCell cell(CellResult result) {
        StudyPlan plan = study.plan();
        Cell cell = result.cell();
        int classes = study.labels().size();
        return new StudyCell(
                cell.id(),
                cell.strategy(),
                cell.loss(),
                cell.fold() + 1,
                plan.seed(cell),
                result.variant(),
                result.parameters(),
                result.history().size(),
                result.bestEpoch(),
                result.testAccuracy(classes),
                result.validationAccuracy(classes),
                commands.of(cell, result.variant()),
                result.record().toIndentedText());
    }

    /// The table on the terminal, and the levels below it.
    List<String> lines() {
        Table table = new Table(
                List.of("strategy", "loss", "UA over seeds", "95 % interval", "WA", "parameters", "against late-add"));
        for (StudyRow row : study.findings().rows()) {
            StudyRow.Versus versus = row.versus();
            table.row(List.of(
                    row.strategy(),
                    row.loss(),
                    String.format(
                            Locale.ROOT, "%.3f ±%.3f", row.ua().mean(), row.ua().deviation()),
                    String.format(
                            Locale.ROOT,
                            "%.3f..%.3f",
                            row.interval().low(),
                            row.interval().high()),
                    Table.number(row.wa().mean()),
                    Integer.toString(row.parameters()),
                    versus == null
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%+.3f p %.3f%s",
                                    versus.comparison().difference(),
                                    versus.adjusted(),
                                    versus.shown() ? "" : " (not shown)")));
        }
        List<String> lines = new ArrayList<>(study.plan().base().training().dishonesty());
        lines.addAll(table.lines());
        lines.add("");
        levels().forEach((what, level) -> lines.add(Table.number(level) + "  " + what));
        lines.add("");
        lines.addAll(shares());
        lines.add("Each model answers " + study.context() + ".");
        ceilings().stream()
                .filter(CeilingCheck::leaks)
                .forEach(check -> lines.add("CHECK FAILED: " + check.strategy() + " (" + check.loss()
                        + ") is better than anything can be on this corpus; something leaks"));
        return lines;
    }
}
