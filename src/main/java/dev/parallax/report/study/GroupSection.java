package dev.parallax.report.study;

import dev.parallax.io.Count;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.study.GroupFindings.Row;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The scores of groups of test utterances: for each column a table of strategies, a table of losses, and all of it as
/// a file.
final class GroupSection {

    private static final String UP = " ▲";
    private static final String DOWN = " ▼";

    private final StudyReport report;

    GroupSection(StudyReport report) {
        this.report = report;
    }

    List<Html> all(Page page) {
        List<Html> inside = new ArrayList<>();
        inside.add(Html.paragraph("Groups of test utterances that a table names and that no model has seen. Unweighted"
                + " accuracy is over the classes that occur in a group, so groups are not compared with each other."));
        for (GroupFindings findings : report.findings().groups()) {
            inside.add(scores(findings));
            if (findings.rows().stream().anyMatch(row -> row.single() != null)) {
                inside.add(losses(findings));
            }
            inside.add(file(page, findings));
        }
        return inside;
    }

    private Html scores(GroupFindings findings) {
        Table table = table(
                findings,
                "By " + findings.column() + ": unweighted accuracy of one model, " + report.overSeeds() + "."
                        + UP + " and" + DOWN + ": shown to be better or worse than " + report.reference()
                        + " under the same loss");
        for (String title : findings.titles()) {
            List<Html.Element> cells = new ArrayList<>(List.of(Table.name(title)));
            for (String group : findings.groups()) {
                Row row = findings.row(title, group);
                cells.add(Table.number(
                        row.unweightedAccuracy(),
                        String.format(Locale.ROOT, "%.3f", row.unweightedAccuracy()) + mark(row.reference())));
            }
            table.row(cells);
        }
        return table.note(family(findings, Row::reference)).html();
    }

    private Html losses(GroupFindings findings) {
        Table table = table(
                findings,
                "By " + findings.column() + ": what another loss adds to the single loss of the same strategy." + UP
                        + " and" + DOWN + ": a shown difference");
        for (String title : findings.titles()) {
            if (findings.row(title, findings.groups().getFirst()).single() == null) {
                continue;
            }
            List<Html.Element> cells = new ArrayList<>(List.of(Table.name(title)));
            for (String group : findings.groups()) {
                Versus versus = findings.row(title, group).single();
                cells.add(
                        versus == null
                                ? Table.none()
                                : Table.number(
                                        versus.comparison().difference(),
                                        StudyTables.signed(versus.comparison().difference()) + mark(versus)));
            }
            table.row(cells);
        }
        return table.note(family(findings, Row::single)).html();
    }

    private static Table table(GroupFindings findings, String caption) {
        List<String> header = new ArrayList<>(List.of("strategy"));
        header.addAll(findings.heads());
        return new Table(caption, header);
    }

    private static String mark(@Nullable Versus versus) {
        if (versus == null || !versus.shown()) {
            return "";
        }
        return versus.comparison().difference() > 0 ? UP : DOWN;
    }

    private static String family(GroupFindings findings, Function<Row, @Nullable Versus> of) {
        long count =
                findings.rows().stream().filter(row -> of.apply(row) != null).count();
        return "p is corrected after Holm for the " + Count.of(count, "comparison") + " of this table.";
    }

    private Html file(Page page, GroupFindings findings) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : findings.rows()) {
            List<String> cells = new ArrayList<>(List.of(
                    row.group(),
                    row.strategy(),
                    row.loss().word(),
                    Integer.toString(row.utterances()),
                    Double.toString(row.unweightedAccuracy())));
            cells.addAll(numbers(row.reference()));
            cells.addAll(numbers(row.single()));
            rows.add(cells);
        }
        return page.data(
                "groups-" + findings.column().replaceAll("[^A-Za-z0-9]+", "-"),
                "All groups by " + findings.column() + ", with intervals and p (CSV)",
                List.of(
                        "group",
                        "strategy",
                        "loss",
                        "utterances",
                        "unweightedAccuracy",
                        "lessReference",
                        "low",
                        "high",
                        "pCorrected",
                        "detectable",
                        "lessSingleLoss",
                        "lessSingleLow",
                        "lessSingleHigh",
                        "lessSinglePCorrected",
                        "lessSingleDetectable"),
                rows);
    }

    private static List<String> numbers(@Nullable Versus versus) {
        return versus == null
                ? List.of("", "", "", "", "")
                : List.of(
                        Double.toString(versus.comparison().difference()),
                        Double.toString(versus.interval().low()),
                        Double.toString(versus.interval().high()),
                        Double.toString(versus.adjusted()),
                        versus.power() == null
                                ? ""
                                : Double.toString(versus.power().detectable()));
    }
}
