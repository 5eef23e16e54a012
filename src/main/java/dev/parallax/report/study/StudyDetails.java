package dev.parallax.report.study;

import dev.parallax.eval.Confusion;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import dev.parallax.report.study.StudyFindings.Confused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Details of each strategy, folded until a reader opens them: its confusions, and every training run with its
/// record and the command that repeats it.
final class StudyDetails {

    private final StudyReport report;

    StudyDetails(StudyReport report) {
        this.report = report;
    }

    /// One folded part for each trained way to decide.
    List<Html> all() {
        List<Html> all = new ArrayList<>();
        all.add(Html.paragraph("Open a line to see its confusion by perspective, and for each of its training runs the"
                + " exact command and the record that its model carries."));
        for (StudyRow row : report.findings().rows()) {
            List<StudyCell> cells = report.cells().stream()
                    .filter(cell -> cell.strategy().equals(row.strategy()))
                    .filter(cell -> row.loss() == LossChoice.NONE || row.loss() == LossChoice.of(cell.loss()))
                    .toList();
            if (!cells.isEmpty()) {
                all.add(one(row, cells));
            }
        }
        return all;
    }

    private Html one(StudyRow row, List<StudyCell> cells) {
        List<Html> inside = new ArrayList<>();
        inside.add(Html.of("summary", row.title() + ": " + row.ua()));
        List<Html> matrices = report.findings().confusions().stream()
                .filter(confused -> confused.strategy().equals(row.strategy()) && confused.loss() == row.loss())
                .map(this::matrix)
                .toList();
        inside.add(Html.of("div", matrices).with("class", "matrices"));
        inside.add(runs(cells));
        for (StudyCell cell : cells) {
            inside.add(record(cell));
        }
        return Html.of("details", inside);
    }

    private static Html runs(List<StudyCell> cells) {
        Table table = new Table(
                "Its training runs",
                List.of("fold", "seed", "test", "validation", "epochs", "best epoch", "parameters", "settings kept"));
        for (StudyCell cell : cells) {
            table.row(List.of(
                    Table.count(cell.fold()),
                    Table.number((double) cell.seed(), Long.toString(cell.seed())),
                    Table.number(cell.test()),
                    Table.number(cell.validation()),
                    Table.count(cell.epochs()),
                    cell.bestEpoch() == null ? Table.none() : Table.count(cell.bestEpoch()),
                    Table.count(cell.parameters()),
                    Table.cell(cell.variant().isEmpty() ? "as given" : cell.variant())));
        }
        return table.html();
    }

    private static Html record(StudyCell cell) {
        return Html.of(
                "details",
                Html.of("summary", "Run " + cell.id()),
                Html.of("p", Html.of("code", cell.command())),
                Html.of("pre", Html.of("code", cell.record())));
    }

    /// A confusion matrix as a small table, each cell the darker the larger its share of the true class.
    private Html matrix(Confused confused) {
        List<String> names = report.labels().names();
        Confusion confusion = confused.confusion();
        List<Html> head = new ArrayList<>(List.of(Html.of("th", "true \\ answered")));
        names.forEach(name -> head.add(Html.of("th", name).with("scope", "col")));
        List<Html> lines = new ArrayList<>();
        for (int truth = 0; truth < names.size(); truth++) {
            List<Html> cells =
                    new ArrayList<>(List.of(Html.of("th", names.get(truth)).with("scope", "row")));
            for (int answer = 0; answer < names.size(); answer++) {
                int count = confusion.count(truth, answer);
                double share = count / (double) Math.max(1, confusion.support(truth));
                cells.add(Html.of("td", Integer.toString(count))
                        .with("class", "number")
                        .with("style", String.format(Locale.ROOT, "--share: %.2f", share)));
            }
            lines.add(Html.of("tr", cells));
        }
        Html table = Html.of("table", Html.of("thead", Html.of("tr", head)), Html.of("tbody", lines))
                .with("class", "plain confusion")
                .with("aria-label", "confusion of the " + confused.answer().word() + " answer");
        return Html.of(
                "div",
                Html.of("p", confused.answer().word() + " answer").with("class", "caption"),
                Html.of("div", table).with("class", "scroll"));
    }
}
