package dev.parallax.model.turns;

import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.transcript.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answers to the turns of a talk as a table: a row a turn.
///
/// @param labels the classes
/// @param talk   with its answers
public record TurnTable(List<String> labels, AnsweredTalk talk) {

    private static final List<String> COLUMNS = List.of(
            "turn",
            "from",
            "to",
            "speaker",
            "sentence",
            "decision",
            "probability",
            "sure",
            "decidedBy",
            "audio",
            "audioProbability",
            "text",
            "textProbability",
            "disagreement");
    private static final int DECISION = COLUMNS.indexOf("decision"); // the first column of the answer
    private static final String ERROR = "error";

    /// The names of the columns; those of the probabilities of the decision are `p LABEL`.
    public List<String> header() {
        List<String> header = new ArrayList<>(COLUMNS);
        labels.forEach(label -> header.add("p " + label));
        header.add(ERROR);
        return header;
    }

    /// All rows, in the order of the turns, which are counted from 1.
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (AnsweredTurn turn : talk.turns()) {
            rows.add(row(rows.size() + 1, turn));
        }
        return rows;
    }

    private List<String> row(int number, AnsweredTurn answered) {
        Span span = answered.turn().span();
        List<String> row = new ArrayList<>();
        row.add(Integer.toString(number));
        row.add(span == null ? "" : Double.toString(span.start()));
        row.add(span == null ? "" : Double.toString(span.end()));
        row.add(Objects.requireNonNullElse(answered.turn().speaker(), ""));
        row.add(answered.turn().text());
        Prediction prediction = answered.prediction();
        if (prediction == null) {
            row.addAll(Collections.nCopies(COLUMNS.size() - DECISION + labels.size(), ""));
        } else {
            Answer decision = prediction.decision();
            row.add(decision.label());
            row.add(Double.toString(decision.probability()));
            row.add(Boolean.toString(decision.sure()));
            row.add(prediction.decidedBy());
            addTo(row, prediction.audio());
            addTo(row, prediction.text());
            row.add(Boolean.toString(prediction.disagreement()));
            decision.probabilities().forEach(p -> row.add(Double.toString(p)));
        }
        row.add(Objects.requireNonNullElse(answered.error(), ""));
        return row;
    }

    private static void addTo(List<String> row, @Nullable Answer answer) {
        row.add(answer == null ? "" : answer.label());
        row.add(answer == null ? "" : Double.toString(answer.probability()));
    }
}
