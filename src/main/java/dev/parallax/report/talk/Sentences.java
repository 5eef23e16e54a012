package dev.parallax.report.talk;

import dev.parallax.audio.Segment;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.turns.AnsweredTurn;
import dev.parallax.report.page.Html;
import dev.parallax.transcript.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was said, turn by turn, with what audio and text each say of it. Names and sentences keep their direction of
/// writing to themselves (`bdi`), so that none turns what stands beside it.
///
/// @param turns      all of the talk
/// @param tints      of the classes
/// @param sampleRate of the recording [Hz], 0 where there is none
record Sentences(List<AnsweredTurn> turns, Tints tints, int sampleRate) {

    /// The list of some turns.
    ///
    /// @param numbers of the turns, from 0
    Html of(int[] numbers) {
        List<Html> items = new ArrayList<>();
        for (int number : numbers) {
            items.add(Html.of("li", turn(number), answers(turns.get(number))));
        }
        return Html.of("ol", items).with("class", "sentences");
    }

    private Html turn(int number) {
        AnsweredTurn turn = turns.get(number);
        Span span = turn.turn().span();
        List<Html> inside = new ArrayList<>();
        if (span != null) {
            inside.add(Html.of("span", Clock.of(span.start())).with("class", "time"));
        }
        inside.add(Html.of("bdi", Lanes.name(turn.turn().speaker())).with("class", "speaker"));
        inside.add(Html.of("q", Html.of("bdi", turn.turn().text())));
        Html.Element button = Html.of("button", inside)
                .with("class", "turn")
                .with("type", "button")
                .with("data-turn", Integer.toString(number));
        Segment heard = turn.heard();
        return heard == null
                ? button
                : button.with("data-from", Double.toString((double) heard.start() / sampleRate))
                        .with("data-to", Double.toString((double) heard.end() / sampleRate));
    }

    private Html answers(AnsweredTurn turn) {
        Prediction prediction = turn.prediction();
        if (prediction == null) {
            return Html.paragraph("no answer: " + Objects.requireNonNullElse(turn.error(), ""))
                    .with("class", "answers");
        }
        List<Html> inside = new ArrayList<>();
        Answer decision = prediction.decision();
        inside.add(chip(decision).with("class", decision.sure() ? "chip sure" : "chip"));
        inside.add(Html.of("span", decision.sure() ? "sure" : "not sure").with("class", "view"));
        add(inside, "audio", prediction.audio());
        add(inside, "text", prediction.text());
        if (Timeline.differ(prediction)) {
            String how = prediction.disagreement() ? "they disagree, both surely" : "they differ";
            inside.add(Html.of("strong", "≠ " + how).with("class", "differ"));
        }
        return Html.of("p", inside).with("class", "answers");
    }

    private void add(List<Html> inside, String view, @Nullable Answer answer) {
        if (answer != null) {
            inside.add(Html.of("span", Html.text(view + " "), chip(answer).with("class", "chip small"))
                    .with("class", "view"));
        }
    }

    private Html.Element chip(Answer answer) {
        return Html.of("span", String.format(Locale.ROOT, "%s %.2f", answer.label(), answer.probability()))
                .with("style", tints.style(answer.label()));
    }
}
