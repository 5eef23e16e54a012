package dev.parallax.cli.predict;

import dev.parallax.io.Count;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.turns.AnsweredTalk;
import dev.parallax.model.turns.AnsweredTurn;
import dev.parallax.transcript.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The answers to the turns of a talk, for people.
///
/// @param talk the turns, counted from 1
record TalkText(AnsweredTalk talk) {

    /// Two lines for each turn, and a summary.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < talk.turns().size(); i++) {
            lines.add(heading(i + 1, talk.turns().get(i)));
            lines.add("    " + said(talk.turns().get(i)));
        }
        lines.add(summary());
        return lines;
    }

    private static String heading(int number, AnsweredTurn turn) {
        Span span = turn.turn().span();
        String speaker = turn.turn().speaker();
        String times = span == null ? "" : String.format(Locale.ROOT, "%.2f to %.2f  ", span.start(), span.end());
        return number + ". " + times + (speaker == null ? "" : speaker + ": ")
                + turn.turn().text();
    }

    private static String said(AnsweredTurn turn) {
        Prediction prediction = turn.prediction();
        if (prediction == null) {
            return "no answer: " + turn.error();
        }
        List<String> parts = new ArrayList<>();
        add(parts, "fused", prediction.fused());
        add(parts, "audio", prediction.audio());
        add(parts, "text", prediction.text());
        String decision = PredictCommand.said(prediction);
        return decision + "  [" + String.join(", ", parts) + "]";
    }

    private static void add(List<String> parts, String view, @Nullable Answer answer) {
        if (answer != null) {
            parts.add(String.format(Locale.ROOT, "%s: %s %.2f", view, answer.label(), answer.probability()));
        }
    }

    private String summary() {
        List<Prediction> all = talk.predictions();
        long sure = all.stream().filter(each -> each.decision().sure()).count();
        long disagree = all.stream().filter(Prediction::disagreement).count();
        return Count.of(talk.turns().size(), "turn") + ", " + sure + " answered surely; audio and text disagree, both"
                + " surely, in " + disagree;
    }
}
