package dev.parallax.report;

import dev.parallax.report.page.Fact;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.plot.CountPlots;
import dev.parallax.report.plot.Histogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Lays out a [CorpusReport].
final class CorpusPage {

    /// The most groups on the page, those with the most utterances; the data has all.
    private static final int SHOWN = 40;

    private static final double LEAST_SECONDS = 0.1; // of a bin

    private final CorpusReport report;

    CorpusPage(CorpusReport report) {
        this.report = report;
    }

    Page page() {
        Page page = new Page("Parallax: a corpus", report.corpus());
        if (report.synthetic()) {
            page.notice(Sections.SYNTHETIC);
        }
        report.notes().forEach(page::notice);
        page.section("In numbers", facts());
        page.section("Classes", page.figures(classes()));
        for (CorpusReport.Groups groups : report.groups()) {
            page.section("Classes by " + groups.unit(), groups(page, groups));
        }
        List<Figure> lengths = lengths();
        if (!lengths.isEmpty()) {
            page.section("How long", page.figures(lengths));
        }
        page.section("What Parallax says about itself", Sections.about());
        return page;
    }

    private Html facts() {
        List<Html> lines = new ArrayList<>();
        for (Fact fact : report.facts()) {
            lines.add(Html.of("dt", fact.name()));
            lines.add(Html.of("dd", fact.value()));
        }
        lines.add(Html.of("dt", "command"));
        lines.add(Html.of("dd", Html.of("code", report.command())));
        return Html.of("dl", lines);
    }

    private List<Figure> classes() {
        List<Figure> figures = new ArrayList<>();
        report.classes().forEach((name, counts) -> {
            int all = counts.values().stream().mapToInt(Integer::intValue).sum();
            List<List<String>> rows = new ArrayList<>();
            counts.forEach((label, count) -> rows.add(List.of(label, Integer.toString(count))));
            figures.add(Figure.of(
                    "classes-" + (figures.size() + 1),
                    "Utterances of each class, " + name + ": " + all + " in all.",
                    List.of("class", "utterances"),
                    rows,
                    () -> CountPlots.bars("Classes, " + name, counts)));
        });
        return figures;
    }

    private static List<Html> groups(Page page, CorpusReport.Groups groups) {
        List<String> header = new ArrayList<>(List.of(groups.unit(), "utterances"));
        header.addAll(groups.classes());
        boolean many = groups.rows().size() > SHOWN;
        Table table = new Table(
                "Utterances of each class by " + groups.unit()
                        + (many ? ", of " + groups.rows().size() + " the " + SHOWN + " with the most" : ""),
                header);
        groups.rows().entrySet().stream()
                .sorted(many ? Comparator.comparingInt(entry -> -sum(entry.getValue())) : Map.Entry.comparingByKey())
                .limit(SHOWN)
                .forEach(entry -> table.row(row(entry.getKey(), entry.getValue())));
        List<List<String>> data = new ArrayList<>();
        groups.rows().forEach((name, counts) -> {
            List<String> line = new ArrayList<>(List.of(name, Integer.toString(sum(counts))));
            counts.forEach(count -> line.add(Integer.toString(count)));
            data.add(line);
        });
        return List.of(table.html(), page.data("by-" + groups.unit(), "All as CSV", header, data));
    }

    private static List<Html.Element> row(String name, List<Integer> counts) {
        List<Html.Element> cells = new ArrayList<>(List.of(Table.name(name), Table.count(sum(counts))));
        counts.forEach(count -> cells.add(count == 0 ? Table.none() : Table.count(count)));
        return cells;
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    private List<Figure> lengths() {
        List<Figure> figures = new ArrayList<>();
        if (!report.seconds().isEmpty()) {
            Histogram histogram = Histogram.of(report.seconds(), LEAST_SECONDS);
            figures.add(figure("durations", "Durations", "duration [s]", "recordings", histogram));
        }
        List<Double> words =
                report.words().stream().map(Integer::doubleValue).sorted().toList();
        if (!words.isEmpty()) {
            figures.add(figure("words", "Words", "words of a text", "texts", Histogram.of(words, 1)));
        }
        return figures;
    }

    private static Figure figure(String name, String title, String axis, String what, Histogram histogram) {
        String beyond = histogram.beyond() == 0 ? "" : " Not drawn, since longer: " + histogram.beyond() + ".";
        return Figure.of(
                name,
                title + " of the " + what + ", in bins of "
                        + histogram.rows().getFirst().get(1) + "." + beyond,
                List.of("from", "to", what),
                histogram.rows(),
                () -> CountPlots.histogram(title, axis, histogram));
    }
}
