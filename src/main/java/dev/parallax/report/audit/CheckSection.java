package dev.parallax.report.audit;

import dev.parallax.audit.attribution.DeletionCurve;
import dev.parallax.audit.attribution.Explanation;
import dev.parallax.audit.attribution.IntegratedGradients;
import dev.parallax.audit.attribution.SanityCheck;
import dev.parallax.audit.attribution.ViewAttribution;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How far what the parts are worth can be trusted: completeness, agreement of two ways to ask,
/// dependence on the weights, and what is lost where the most important parts go first.
record CheckSection(Explanation explanation) {

    List<Html> html(Page page) {
        List<Html> inside = new ArrayList<>();
        inside.add(completeness());
        inside.add(
                Html.paragraph("Two ways to ask, integrated gradients and leaving out, put the parts in a similar order"
                        + " where their rank correlation is near 1: words "
                        + correlation(explanation.agreement().words())
                        + ", stretches " + correlation(explanation.agreement().stretches())
                        + " (Spearman). What two parts do only together, leaving out one at a time does not see."));
        SanityCheck sanity = explanation.sanity();
        if (sanity == null) {
            inside.add(notAsked());
            return inside;
        }
        inside.add(sanity(sanity));
        List<Figure> figures = new ArrayList<>(List.of(sanityPicture(sanity)));
        explanation.deletions().forEach(curve -> figures.add(deletion(curve, explanation.label())));
        inside.add(page.figures(figures));
        return inside;
    }

    static Html notAsked() {
        return Html.paragraph(
                        "Whether the attribution depends on what was learned, and whether the most important parts"
                                + " are missed most, was not asked; audit does so on request.")
                .with("class", "note");
    }

    private static String correlation(double value) {
        return Double.isNaN(value) ? "none (fewer than two, or all equal)" : Shown.decimals(value, 2);
    }

    private Html completeness() {
        Table table = new Table(
                "Completeness: the parts of the input together are worth the logit of " + explanation.label()
                        + " less that of the baseline",
                List.of("answer", "z(x)", "z(baseline)", "audio adds", "text adds", "points", "gap"));
        for (ViewAttribution view : explanation.attributions()) {
            table.row(List.of(
                    Table.name(view.view().word()),
                    Table.number(view.logit()),
                    Table.number(view.baseline()),
                    Shown.signed(view.stretches().isEmpty() ? Double.NaN : view.audio()),
                    Shown.signed(view.words().isEmpty() ? Double.NaN : view.text()),
                    Table.count(view.points()),
                    Table.number(view.gap(), share(view.gap(), view.complete()))));
        }
        return table.note(
                        "The baseline of the audio is the mean of training, or where features are read as they are the"
                                + " window's own mean; that of a word is the vector 0. The gap is the difference that is left, as a"
                                + " share of z(x) - z(baseline).")
                .html();
    }

    static String share(double gap, boolean isComplete) {
        return String.format(Locale.ROOT, "%.3f %%", 100 * gap)
                + (isComplete ? "" : ", above " + Math.round(100 * IntegratedGradients.LARGEST_GAP) + " %");
    }

    static Html sanity(SanityCheck sanity) {
        Table table = new Table(
                "Sanity check: rank correlation of the attribution with that of the model whose layers have random"
                        + " weights, one after the other from the output down",
                List.of("now random too", "audio", "text"));
        for (SanityCheck.Level level : sanity.levels()) {
            table.row(List.of(
                    Table.name(String.join(", ", level.layers())),
                    Table.number(level.audio()),
                    Table.number(level.text())));
        }
        return table.note("It must fall toward 0: an attribution that stays the same shows the input and not what was"
                        + " learned. Mean of " + sanity.draws() + " draws, seeds from " + sanity.seed() + ".")
                .html();
    }

    static Figure sanityPicture(SanityCheck sanity) {
        List<List<String>> rows = new ArrayList<>();
        List<Double> audio = new ArrayList<>(List.of(1.0));
        List<Double> text = new ArrayList<>(List.of(1.0));
        rows.add(List.of("0", "1", "1"));
        for (SanityCheck.Level level : sanity.levels()) {
            audio.add(level.audio());
            text.add(level.text());
            rows.add(List.of(
                    Integer.toString(audio.size() - 1),
                    Shown.decimals(level.audio(), 6),
                    Shown.decimals(level.text(), 6)));
        }
        List<LinePicture.Line> lines = new ArrayList<>();
        if (audio.stream().noneMatch(value -> Double.isNaN(value))) {
            lines.add(new LinePicture.Line("audio", audio));
        }
        if (text.stream().noneMatch(value -> Double.isNaN(value))) {
            lines.add(new LinePicture.Line("text", text));
        }
        List<Double> at = new ArrayList<>();
        for (int i = 0; i < audio.size(); i++) {
            at.add((double) i);
        }
        return Figure.of(
                "sanity",
                "Rank correlation with the trained model's attribution, by the number of random levels.",
                List.of("levels", "audio", "text"),
                rows,
                () -> LinePicture.of(at, lines, "random levels", -1));
    }

    /// @param label whose probability it is
    static Figure deletion(DeletionCurve curve, String label) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < curve.removed().size(); i++) {
            rows.add(List.of(
                    curve.removed().get(i).toString(),
                    Shown.decimals(curve.byImportance().get(i), 6),
                    Shown.decimals(curve.random().get(i), 6)));
        }
        List<Double> at = curve.removed().stream().map(Integer::doubleValue).toList();
        return Figure.of(
                "deletion-" + curve.what(),
                String.format(
                        Locale.ROOT,
                        "The probability of %s while %s are taken away, the most important first, or in random order"
                                + " (mean of %d, seed %d). Area %.3f and %.3f: %.3f %s by importance.",
                        label,
                        curve.what(),
                        curve.orders(),
                        curve.seed(),
                        curve.area(),
                        curve.area() + curve.gain(),
                        Math.abs(curve.gain()),
                        curve.gain() >= 0 ? "less" : "MORE"),
                List.of("removed", "byImportance", "random"),
                rows,
                () -> LinePicture.of(
                        at,
                        List.of(
                                new LinePicture.Line("most important first", curve.byImportance()),
                                new LinePicture.Line("random order", curve.random())),
                        curve.what() + " removed",
                        0));
    }
}
