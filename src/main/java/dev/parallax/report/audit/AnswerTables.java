package dev.parallax.report.audit;

import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import dev.parallax.trace.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer in numbers, from the logits of each view to its decision.
final class AnswerTables {

    private AnswerTables() {}

    /// @param logits of each view, or null
    /// @param rules  of the model
    static List<Html> of(Prediction prediction, Perspectives<@Nullable Step> logits, AnswerRules rules) {
        List<View> views = Perspectives.VIEWS.stream()
                .filter(view -> logits.get(view) != null)
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
                Step its = logits.get(view);
                Answer answer = prediction.answers().get(view);
                cells.add(Table.number(its == null ? Double.NaN : its.values()[c]));
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
}
