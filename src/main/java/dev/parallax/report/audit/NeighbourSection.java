package dev.parallax.report.audit;

import dev.parallax.audit.attribution.TurnOcclusion;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What each answer of a dialogue owes to the other turns.
///
/// @param occlusion each turn left out
record NeighbourSection(TurnOcclusion occlusion) {

    static final int MOST_COLUMNS = 40; // beyond that a reader finds nothing

    /// The neighbour without which an answer changes most, in a cell: `turn 2: -0.120`.
    Html.Element strongest(int turn) {
        int strongest = occlusion.strongest(turn);
        return strongest < 0
                ? Table.none()
                : Table.number(
                        Math.abs(occlusion.change(turn, strongest)),
                        "turn " + (strongest + 1) + ": " + shown(turn, strongest));
    }

    List<Html> html() {
        int turns = occlusion.decisions().size();
        if (turns == 1) {
            return List.of(Html.paragraph("The dialogue has one turn, so there is no other that it could depend on."));
        }
        Html how = Html.paragraph("The model has answered the dialogue again without each turn. A cell says how the"
                + " probability of the decision of its row changes without the turn of its column: blue where it falls,"
                + " so that turn speaks for the decision, red where it rises. An arrow names the decision where it is"
                + " another one then. Who speaks is numbered anew, as if that turn had not been there.");
        if (turns > MOST_COLUMNS) {
            return List.of(
                    how,
                    Html.paragraph(
                            "There are more than " + MOST_COLUMNS + " turns, too many for a table;"
                                    + " attribution.json has all numbers, and the table of turns above the strongest of each."));
        }
        return List.of(how, table(turns));
    }

    private Html table(int turns) {
        List<String> header = new ArrayList<>(List.of("turn, decision", "p"));
        IntStream.rangeClosed(1, turns).forEach(left -> header.add("without " + left));
        Table table = new Table("The change of each decision's probability without each turn", header);
        double largest = IntStream.range(0, turns)
                .filter(turn -> occlusion.strongest(turn) >= 0)
                .mapToDouble(turn -> Math.abs(occlusion.change(turn, occlusion.strongest(turn))))
                .max()
                .orElse(0);
        for (int turn = 0; turn < turns; turn++) {
            List<Html.Element> cells = new ArrayList<>();
            cells.add(Table.name((turn + 1) + ", " + occlusion.decisions().get(turn)));
            cells.add(Table.number(occlusion.probabilities().get(turn)));
            for (int left = 0; left < turns; left++) {
                double change = occlusion.change(turn, left);
                cells.add(
                        Double.isNaN(change)
                                ? Table.none()
                                : Table.number(change, shown(turn, left))
                                        .with("style", Shown.background(-change, largest)));
            }
            table.row(cells);
        }
        return table.html();
    }

    private String shown(int turn, int left) {
        String decision = occlusion.changed().get(turn).get(left);
        String arrow = decision.equals(occlusion.decisions().get(turn)) ? "" : " → " + decision;
        return Shown.signed(occlusion.change(turn, left), 3) + arrow;
    }
}
