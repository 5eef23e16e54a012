package dev.parallax.report.talk;

import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.turns.AnsweredTurn;
import dev.parallax.report.page.Html;
import dev.parallax.transcript.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The turns of a stretch of the talk on an axis of time: the waveform, and a lane for each speaker. The colour of a
/// bar is the decision, its height the probability.
///
/// @param turns    all of the talk
/// @param lanes    of their speakers
/// @param tints    of the classes
/// @param envelope of the recording, or null where there is none
record Timeline(
        List<AnsweredTurn> turns,
        Lanes lanes,
        Tints tints,
        @Nullable Envelope envelope) {

    private static final int COLUMNS = 1200;
    private static final double LEAST = 0.12; // height of a bar

    /// A stretch.
    ///
    /// @param from       its start [s]
    /// @param to         its end [s]
    /// @param isPlayable whether its bars are buttons
    Html of(double from, double to, boolean isPlayable) {
        List<Html> rows = new ArrayList<>();
        if (envelope != null) {
            rows.add(envelope.drawing(from, to - from, COLUMNS));
        }
        for (int lane = 0; lane < lanes.names().size(); lane++) {
            int its = lane;
            int[] inside = IntStream.range(0, turns.size())
                    .filter(i -> lanes.of().get(i) == its && overlaps(turns.get(i), from, to))
                    .toArray();
            if (inside.length > 0) {
                List<Html> bars = new ArrayList<>();
                for (int turn : inside) {
                    bars.add(bar(turn, from, to, isPlayable));
                }
                rows.add(Html.of(
                                "div",
                                Html.of("bdi", lanes.names().get(lane))
                                        .with("class", "who")
                                        .with("title", lanes.names().get(lane)),
                                Html.of("div", bars).with("class", "bars"))
                        .with("class", "lane"));
            }
        }
        return Html.of("div", rows).with("class", "timeline");
    }

    private static boolean overlaps(AnsweredTurn turn, double from, double to) {
        Span span = turn.turn().span();
        return span != null && !span.isReversed() && span.start() < to && span.end() > from;
    }

    private Html bar(int number, double from, double to, boolean isPlayable) {
        AnsweredTurn turn = turns.get(number);
        Span span = turn.turn().span();
        Prediction prediction = turn.prediction();
        double start = span == null ? from : Math.max(from, span.start());
        double end = span == null ? to : Math.min(to, span.end());
        double height = prediction == null
                ? LEAST
                : Math.max(LEAST, prediction.decision().probability());
        String label = prediction == null ? "" : prediction.decision().label();
        String style = tints.style(label)
                + String.format(
                        Locale.ROOT,
                        "; left: %.3f%%; width: %.3f%%; height: %.0f%%",
                        100 * (start - from) / (to - from),
                        100 * (end - start) / (to - from),
                        100 * height);
        Html.Element bar = Html.of(isPlayable ? "button" : "span", "")
                .with("class", kind(prediction))
                .with("style", style);
        if (!isPlayable) {
            return bar;
        }
        return bar.with("type", "button")
                .with("tabindex", "-1") // the sentences are reached by the keyboard
                .with("data-turn", Integer.toString(number))
                .with("title", title(turn))
                .with("aria-label", title(turn));
    }

    private static String kind(@Nullable Prediction prediction) {
        if (prediction == null) {
            return "bar none";
        }
        return "bar" + (prediction.decision().sure() ? " sure" : "") + (differ(prediction) ? " differ" : "");
    }

    /// Whether audio and text name different emotions.
    static boolean differ(Prediction prediction) {
        Answer audio = prediction.audio();
        Answer text = prediction.text();
        return audio != null && text != null && !audio.label().equals(text.label());
    }

    private static String title(AnsweredTurn turn) {
        Prediction prediction = turn.prediction();
        String answer = prediction == null
                ? "no answer"
                : String.format(
                        Locale.ROOT,
                        "%s %.2f",
                        prediction.decision().label(),
                        prediction.decision().probability());
        return Lanes.name(turn.turn().speaker()) + ": " + answer + ": "
                + turn.turn().text();
    }
}
