package dev.parallax.cli.study;

import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Table;
import dev.parallax.cli.train.ReportFacts;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.synthetic.SyntheticCeilings;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.eval.Interval;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Fusions.Place;
import dev.parallax.io.Count;
import dev.parallax.report.page.Fact;
import dev.parallax.report.study.CeilingCheck;
import dev.parallax.report.study.GroupFindings;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyCell;
import dev.parallax.report.study.StudyFindings;
import dev.parallax.report.study.StudyReport;
import dev.parallax.report.study.StudyRow;
import dev.parallax.report.study.StudyVerdict;
import dev.parallax.setup.PreparedTraining;
import dev.parallax.setup.StudyCeilings;
import dev.parallax.setup.StudyOutcome;
import dev.parallax.study.Cell;
import dev.parallax.study.CellResult;
import dev.parallax.study.StudyDesign;
import dev.parallax.study.StudyResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The output of a study: its page, and the table on the terminal.
final class StudyWriter {

    private static final String DEPENDENT = "NOT SPEAKER-INDEPENDENT: the same speakers may be in several parts, or are"
            + " not known. Expect worse scores for a speaker whom the models have never met.";

    private final Arguments arguments;
    private final StudyOutcome outcome;
    private final StudyResults study;
    private final RetrainCommands commands;
    private final @Nullable StudyCeilings ceilings;

    /// @param outcome of a study whose folder gets the settings of each strategy
    StudyWriter(Arguments arguments, StudyOutcome outcome) {
        this.arguments = arguments;
        this.outcome = outcome;
        this.study = outcome.results();
        this.ceilings = outcome.ceilings();
        this.commands = new RetrainCommands(
                arguments, outcome.study(), outcome.study().request().out());
    }

    /// The page.
    ///
    /// @param seconds that this run of the command took
    StudyReport report(double seconds) {
        PreparedTraining base = outcome.study().base();
        StudyDesign plan = study.plan();
        String corpus = String.join(", ", arguments.texts("corpus")) + ": "
                + Count.of(base.setup().utterances().size(), "utterance");
        List<Fact> facts = new ArrayList<>();
        base.pretrainedEncoders().forEach(line -> facts.add(new Fact("pretrained encoder", line)));
        facts.addAll(List.of(
                new Fact("what a model sees", study.context()),
                new Fact("training runs", Integer.toString(study.cells().size())),
                new Fact(
                        "settings tried by each",
                        Integer.toString(plan.variants().size())),
                new Fact("augmentation", base.settings().augmentation().describe()),
                new Fact("this sitting", String.format(Locale.ROOT, "%.0f s", seconds))));
        return new StudyReport(
                ReportFacts.run(
                        arguments, base.setup().training().seed(), corpus, outcome.backend(), facts, warnings()),
                base.corpora().embedded(),
                Labels.of(study.labels()),
                study.findings(),
                StudyDesign.REFERENCE,
                OptionNames.in(verdict().headlines()),
                OptionNames.in(verdict().sentences()),
                levels(),
                checks(),
                plan.seeds(),
                sizes(),
                plan.trainedFolds().stream().map(Split::describe).toList(),
                shares(),
                OptionNames.in(base.corpora().notes()),
                study.cells().stream().map(this::cell).toList());
    }

    private StudyVerdict verdict() {
        return new StudyVerdict(
                study.findings(), StudyDesign.REFERENCE, study.plan().isSpeakerIndependent());
    }

    /// What stands above all scores, one line each: what makes them too good, for new speakers too.
    private List<String> warnings() {
        List<String> warnings = new ArrayList<>(study.plan().dishonesty());
        if (!study.plan().isSpeakerIndependent()) {
            warnings.add(DEPENDENT);
        }
        return warnings;
    }

    private String sizes() {
        StudyDesign plan = study.plan();
        if (plan.strategies().isEmpty()) {
            return "Nothing is fused: perspectives are trained alone.";
        }
        int reference = plan.base()
                .plan()
                .withNetwork(plan.network(StudyDesign.REFERENCE, plan.variants().getFirst()))
                .size();
        return plan.equalSizes()
                ? "Strategies are compared at about equal size: recurrent states and the width of the fusion are scaled so"
                        + " that each has about the " + reference + " learned values of " + StudyDesign.REFERENCE
                        + ", word vectors aside. The last column says by how much it misses; the one before counts word"
                        + " vectors, too." + (far().isEmpty() ? "" : " " + far())
                        + (narrow().isEmpty() ? "" : " " + narrow())
                : "Strategies have the widths that were set, so some have more parameters than others: see the last"
                        + " two columns.";
    }

    /// The strategies of a study at equal size that no width makes equal, a sentence; empty where there are none.
    private String far() {
        String far = study.findings().rows().stream()
                .filter(row -> row.excess() != null && StudyDesign.isFar(row.excess()))
                .map(row -> row.strategy() + " " + row.excessShown())
                .distinct()
                .collect(Collectors.joining(", "));
        return far.isEmpty() || !study.plan().equalSizes()
                ? ""
                : "NOT OF EQUAL SIZE, whatever the width: " + far + " learned values.";
    }

    /// The strategies that equal size makes narrower than there are classes, a sentence; empty where there are none.
    private String narrow() {
        StudyDesign plan = study.plan();
        int classes = plan.base().plan().labels().size();
        String narrow = plan.strategies().stream()
                .filter(strategy -> Fusions.byName(strategy).place() != Place.LATE)
                .filter(strategy -> width(strategy) < classes)
                .map(strategy -> strategy + " " + width(strategy))
                .collect(Collectors.joining(", "));
        return narrow.isEmpty()
                ? ""
                : "NARROWER THAN THE " + classes + " CLASSES, in features: " + narrow
                        + ". What these lose may be width and not what they compute; --sizes as-set keeps the widths.";
    }

    private int width(String strategy) {
        return study.plan()
                .network(strategy, study.plan().variants().getFirst())
                .fusionWidth();
    }

    private Map<String, Double> levels() {
        Map<String, Double> levels = new LinkedHashMap<>();
        if (ceilings != null) {
            SyntheticCeilings known = ceilings.known();
            levels.put("ceiling of audio and text together", known.fused());
            if (known.additive() < known.fused()) {
                levels.put("ceiling of adding what each says", known.additive());
            }
            levels.put("ceiling of audio alone", known.audio());
            levels.put("ceiling of text alone", known.text());
        }
        levels.put("always one class", 1.0 / study.testedClasses());
        return levels;
    }

    /// Each trained way to decide against the ceilings; none where they are not known.
    List<CeilingCheck> checks() {
        return ceilings == null ? List.of() : ceilings.checks();
    }

    /// The notes below every table.
    private List<String> shares() {
        List<String> shares = new ArrayList<>();
        if (study.plan().base().plan().network().text() != null) {
            shares.add(transcripts());
        }
        shares.add(outcome.study().base().usable().excluded().describe());
        List<Utterance> utterances = study.plan().base().utterances(); // what was left out on request is not among them
        double dropped = study.plan().folds().stream()
                .mapToDouble(fold -> fold.within(utterances).excludedShare())
                .average()
                .orElse(0);
        if (dropped > 0) {
            shares.add(String.format(
                    Locale.ROOT,
                    "In no part, since another part says the same or the protocol leaves them out: %.1f %% of the"
                            + " utterances on average.",
                    100 * dropped));
        }
        return shares;
    }

    private String transcripts() {
        int transcripts = study.findings().overlap().transcripts();
        int repeated = study.findings().overlap().repeated();
        return transcripts == 0
                ? "Test transcripts that also occur in training: not known, the texts are not there."
                : String.format(
                        Locale.ROOT,
                        "Test transcripts that also occur in training, word for word: %d of %d, %.1f %%.",
                        repeated,
                        transcripts,
                        100.0 * repeated / transcripts);
    }

    private StudyCell cell(CellResult result) {
        StudyDesign plan = study.plan();
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
                result.chosenEpoch(),
                result.testAccuracy(classes),
                result.validationAccuracy(classes),
                commands.of(cell, result.variant()),
                result.record().toIndentedText());
    }

    /// What the inner cross-validations tried; none where validation parts choose.
    private List<String> tried() {
        if (study.findings().tried().isEmpty()) {
            return List.of();
        }
        Table table = new Table(List.of("tried", "strategy", "loss", "inner UA", "chosen in folds"));
        for (StudyFindings.TriedOverall one : study.findings().triedOverall()) {
            table.row(List.of(
                    one.variant(),
                    one.strategy(),
                    one.loss().word(),
                    Table.number(one.unweightedAccuracy()),
                    one.chosen() + " of " + one.folds()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("inner UA: of the rotation over each fold's training "
                + (study.plan().isValidated() ? "and validation parts" : "part")
                + ", mean over the folds; what is tested takes no part");
        lines.add("");
        return lines;
    }

    /// Mean over the speakers of their unweighted accuracies, each over the classes that the speaker has; nothing
    /// where speakers are not known, and for baselines.
    private String meanOfSpeakers(StudyRow row) {
        OptionalDouble mean = study.findings().speakers().stream()
                .filter(score -> score.strategy().equals(row.strategy()) && score.loss() == row.loss())
                .mapToDouble(StudyFindings.SpeakerScore::unweightedAccuracy)
                .average();
        return mean.isPresent() ? Table.number(mean.getAsDouble()) : "";
    }

    /// The table on the terminal, and the levels below it.
    List<String> lines() {
        List<String> lines = new ArrayList<>(warnings());
        lines.addAll(SyntheticSpeech.notes(study.plan().base().syntheticSpeech()));
        lines.addAll(scores().lines());
        lines.add("");
        if (!far().isEmpty()) {
            lines.add(far());
        }
        study.findings().groups().forEach(findings -> lines.addAll(groups(findings)));
        lines.addAll(tried());
        boolean seeds = study.plan().seeds() > 1;
        lines.add("UA: unweighted accuracy (mean recall of the classes); WA: weighted accuracy (share right)");
        lines.add((seeds
                        ? "one model: mean and deviation over the seeds"
                        : "one model: of a single seed, so that it has no deviation")
                + compared());
        if (seeds) {
            lines.add("seeds averaged: one answer of all seeds' models, by the mean of their probabilities; nothing is"
                    + " compared by it");
        }
        lines.add("");
        levels().forEach((what, level) -> lines.add(Table.number(level) + "  " + what));
        lines.add("");
        lines.addAll(shares());
        lines.add("Each model answers " + study.context() + ".");
        lines.addAll(OptionNames.in(verdict().headlines()));
        lines.addAll(OptionNames.in(verdict().sentences()));
        if (ceilings != null) {
            lines.addAll(ceilings.lines());
        }
        return lines;
    }

    /// What rows without a loss are compared with; nothing where nothing is compared.
    private String compared() {
        String reference =
                LossChoice.of(StudyDesign.usual(study.plan().losses())).title(StudyDesign.REFERENCE);
        return isCompared()
                ? ", and what two such " + (study.plan().seeds() > 1 ? "means" : "scores")
                        + " differ by; rows without a loss against " + reference
                : "";
    }

    private boolean isCompared() {
        return study.plan().strategies().contains(StudyDesign.REFERENCE);
    }

    private Table scores() {
        boolean seeds = study.plan().seeds() > 1;
        boolean folds = study.plan().folds().size() > 1;
        List<String> header = new ArrayList<>(List.of("strategy", "loss", "one model: UA", "95 % interval"));
        boolean compared = isCompared();
        if (compared) {
            header.add("less " + StudyDesign.REFERENCE + ", p corrected");
        }
        if (seeds) {
            header.add("seeds averaged: UA");
        }
        if (folds) {
            header.add("mean of folds");
        }
        header.addAll(List.of("mean of speakers", "WA", "parameters"));
        boolean fuses = study.findings().fuses();
        if (fuses) {
            header.add("size less " + StudyDesign.REFERENCE);
        }
        Table table = new Table(header);
        for (StudyRow row : study.findings().rows()) {
            StudyRow.Versus versus = row.versus();
            List<String> cells = new ArrayList<>(
                    List.of(row.strategy(), row.loss().word(), row.ua().toString(), range(row.interval())));
            if (compared) {
                cells.add(
                        versus == null
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "%+.3f p %s%s",
                                        versus.comparison().difference(),
                                        versus.adjustedShown(),
                                        versus.shown() ? "" : " (not shown)"));
            }
            if (seeds) {
                Interval averaged = row.averaged();
                cells.add(
                        averaged == null
                                ? ""
                                : String.format(Locale.ROOT, "%.3f %s", averaged.estimate(), range(averaged)));
            }
            if (folds) {
                cells.add(Table.number(row.folds()));
            }
            cells.addAll(
                    List.of(meanOfSpeakers(row), Table.number(row.wa().mean()), Integer.toString(row.parameters())));
            if (fuses) {
                cells.add(Objects.toString(row.excessShown(), ""));
            }
            table.row(cells);
        }
        return table;
    }

    /// A row for each way to decide, a column for each group.
    private static List<String> groups(GroupFindings findings) {
        List<String> header = new ArrayList<>(List.of("UA by " + findings.column()));
        header.addAll(findings.heads());
        Table table = new Table(header);
        for (String title : findings.titles()) {
            List<String> cells = new ArrayList<>(List.of(title));
            findings.groups().forEach(group -> {
                GroupFindings.Row row = findings.row(title, group);
                StudyRow.Versus versus = row.reference();
                String mark = versus == null || !versus.shown()
                        ? " "
                        : versus.comparison().difference() > 0 ? "+" : "-";
                cells.add(Table.number(row.unweightedAccuracy()) + mark);
            });
            table.row(cells);
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("in brackets the utterances of each group; + and -: shown to be better or worse than "
                + StudyDesign.REFERENCE + " under the same loss");
        lines.add("");
        return lines;
    }

    private static String range(Interval interval) {
        return String.format(Locale.ROOT, "%.3f..%.3f", interval.low(), interval.high());
    }
}
