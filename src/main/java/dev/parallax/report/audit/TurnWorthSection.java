package dev.parallax.report.audit;

import dev.parallax.audit.attribution.Counterfactual;
import dev.parallax.audit.attribution.DeletionCurve;
import dev.parallax.audit.attribution.DialogueChecks;
import dev.parallax.audit.attribution.DialogueExplanation;
import dev.parallax.audit.attribution.DialogueSummary;
import dev.parallax.audit.attribution.ShapleyValues;
import dev.parallax.audit.attribution.SmallestSet;
import dev.parallax.audit.attribution.TurnExplanation;
import dev.parallax.audit.attribution.TurnWorth;
import dev.parallax.fusion.View;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What turns of a dialogue, and the words and sound of each, add to the logit of each decision, and whether that can
/// be trusted.
///
/// @param explanation what the answers hang on
record TurnWorthSection(DialogueExplanation explanation) {

    /// The turns without which the decision is another one, in a cell: `2 and 4 → anger`.
    Html.Element change(int turn) {
        SmallestSet found = explanation.turns().get(turn).leaveOut();
        Counterfactual.Change change = found == null ? null : found.change();
        if (found == null || change == null) {
            return Table.cell(found == null || found.smallest() ? "never" : "none found");
        }
        return Table.cell(change.places().stream()
                        .map(place -> Integer.toString(place + 1))
                        .collect(Collectors.joining(" and "))
                + " → " + change.decision());
    }

    /// The answer to the question why, of one turn.
    ///
    /// @param turn  from 0
    /// @param heard and read of it
    List<Html> why(Page page, int turn, InputWorth heard) {
        List<Html.Element> sentences = DialogueSummary.of(explanation, turn).stream()
                .map(sentence -> Html.of("li", Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + "."))
                .toList();
        List<Html> inside = new ArrayList<>(List.of(Html.of("ul", sentences)));
        TurnExplanation its = explanation.turns().get(turn);
        inside.addAll(heard.worth(page, "turn" + (turn + 1) + "-attribution", its.input(), its.label()));
        return inside;
    }

    /// What the vectors of all turns add.
    List<Html> turns() {
        List<Html> inside = new ArrayList<>();
        inside.add(Html.paragraph("Integrated gradients share the logit z of each decision out over the vectors of all"
                + " turns, audio and text together; blue speaks for the decision of the row, red against it. The"
                + " baseline is a dialogue of vectors 0, the mean of training where vectors are standardised."));
        if (explanation.turns().size() <= NeighbourSection.MOST_COLUMNS) {
            inside.add(table());
        }
        inside.add(shares());
        return inside;
    }

    private Html table() {
        int turns = explanation.turns().size();
        List<String> header = new ArrayList<>(List.of("turn, decision", "z"));
        IntStream.rangeClosed(1, turns).forEach(turn -> header.add("turn " + turn));
        Table table = new Table("What each turn adds to the logit of each decision", header);
        double largest = explanation.turns().stream()
                .flatMap(its -> its.vectors().both().stream())
                .mapToDouble(Math::abs)
                .max()
                .orElse(0);
        for (int turn = 0; turn < turns; turn++) {
            TurnExplanation its = explanation.turns().get(turn);
            List<Html.Element> cells = new ArrayList<>();
            cells.add(Table.name((turn + 1) + ", " + its.label()));
            cells.add(Table.number(its.vectors().logit()));
            its.vectors()
                    .both()
                    .forEach(worth -> cells.add(Shown.signed(worth).with("style", Shown.background(worth, largest))));
            table.row(cells);
        }
        return table.html();
    }

    /// Audio and text of the dialogue, and how far the sums hold.
    private Html shares() {
        Table table = new Table(
                "What audio and text of all turns add, and what is left of completeness",
                List.of(
                        "turn, decision",
                        "view",
                        "z",
                        "z(baseline)",
                        "audio adds",
                        "text adds",
                        "points",
                        "gap",
                        "gap of its words and sound",
                        "rank correlation",
                        "Shapley, audio",
                        "Shapley, text"));
        for (int turn = 0; turn < explanation.turns().size(); turn++) {
            TurnExplanation its = explanation.turns().get(turn);
            TurnWorth worth = its.vectors();
            ShapleyValues shapley = its.view() == View.FUSED ? its.shapley() : null; // of the fused answer
            table.row(List.of(
                    Table.name((turn + 1) + ", " + its.label()),
                    Table.cell(its.view().word()),
                    Table.number(worth.logit()),
                    Table.number(worth.baseline()),
                    Shown.signed(sum(worth.audio())),
                    Shown.signed(sum(worth.text())),
                    Table.count(worth.points()),
                    Table.number(worth.gap(), CheckSection.share(worth.gap(), worth.complete())),
                    Table.number(
                            its.input().gap(),
                            CheckSection.share(its.input().gap(), its.input().complete())),
                    Table.number(its.agreement()),
                    Shown.signed(shapley == null ? Double.NaN : shapley.ofAudio()),
                    Shown.signed(shapley == null ? Double.NaN : shapley.ofText())));
        }
        table.note(
                "The rank correlation (Spearman) is that of what the other turns add with the probability that is lost"
                        + " without each.");
        explanation.turns().stream()
                .map(TurnExplanation::noShapley)
                .filter(why -> why != null)
                .distinct()
                .forEach(why -> table.note("No Shapley values where " + why + "."));
        return table.html();
    }

    /// The sum of those that there are; NaN where there are none.
    private static double sum(List<Double> worth) {
        List<Double> known =
                worth.stream().filter(value -> !Double.isNaN(value)).toList();
        return known.isEmpty()
                ? Double.NaN
                : known.stream().mapToDouble(Double::doubleValue).sum();
    }

    /// Whether all this is true.
    List<Html> checks(Page page) {
        DialogueChecks checks = explanation.checks();
        if (checks == null) {
            return List.of(CheckSection.notAsked());
        }
        List<Html> inside = new ArrayList<>();
        inside.add(
                Html.paragraph(
                        "Of turns "
                                + checks.turns().stream()
                                        .map(turn -> Integer.toString(turn + 1))
                                        .collect(Collectors.joining(", "))
                                + ", the mean. Random weights are those of the network of the dialogue; the vectors of the turns stay."));
        inside.add(CheckSection.sanity(checks.sanity()));
        List<Figure> figures = new ArrayList<>(List.of(CheckSection.sanityPicture(checks.sanity())));
        DeletionCurve deletion = checks.deletion();
        if (deletion != null) {
            figures.add(CheckSection.deletion(deletion, "each turn's decision"));
        }
        inside.add(page.figures(figures));
        return inside;
    }
}
