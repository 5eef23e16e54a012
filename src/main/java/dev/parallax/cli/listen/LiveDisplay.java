package dev.parallax.cli.listen;

import dev.parallax.cli.command.Console;
import dev.parallax.cli.predict.PredictCommand;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.Prediction;
import dev.parallax.model.document.LiveJson;
import dev.parallax.model.live.LiveAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Shows answers as they come: bars that are redrawn on a terminal, a line each elsewhere, a document each with
/// `--json`. Bars and lines show smoothed probabilities; the last answer is that of the last window alone.
final class LiveDisplay {

    private static final int BAR = 12; // characters
    private static final String FULL = "█";
    private static final String EMPTY = "·";

    private final Console console;
    private final LiveJson json;

    LiveDisplay(Console console, LiveJson json) {
        this.console = console;
        this.json = json;
    }

    /// An answer under way.
    ///
    /// @param typed lines that were typed since the one before, below the bars
    void show(LiveAnswer answer, int typed) {
        if (console.isJson()) {
            console.jsonLine(json.of(answer, false));
        } else if (console.isDrawn()) {
            console.redraw(bars(answer), typed);
        } else {
            console.print(line(answer));
        }
    }

    /// The last answer.
    void showLast(LiveAnswer answer) {
        if (console.isJson()) {
            console.jsonLine(json.of(answer, true));
            return;
        }
        Prediction prediction = answer.prediction();
        prediction.warnings().forEach(console::warn);
        console.print(String.format(Locale.ROOT, "the last window, %.2f to %.2f s:", answer.start(), answer.end()));
        console.print(PredictCommand.table(prediction));
        console.print("decision: " + PredictCommand.said(prediction));
    }

    /// `12.5 s  happiness, by text  fused neutral 0.61  audio neutral 0.78  text happiness 0.90`.
    private String line(LiveAnswer answer) {
        StringBuilder line = new StringBuilder(head(answer));
        for (View view : Perspectives.VIEWS) {
            List<Double> its = answer.smoothed().get(view);
            if (its != null) {
                int best = best(its);
                line.append(String.format(
                        Locale.ROOT, "  %s %s %.2f", view.word(), json.labels().get(best), its.get(best)));
            }
        }
        return line.toString();
    }

    /// What is most likely by the numbers below. It is sure where the newest window alone is sure of the same.
    private String head(LiveAnswer answer) {
        Prediction prediction = answer.prediction();
        List<Double> its = answer.smoothed().get(prediction.by());
        String said = its == null
                ? PredictCommand.said(prediction)
                : PredictCommand.said(prediction, json.labels().get(best(its)));
        String by = prediction.by() == View.FUSED ? "" : ", by " + prediction.decidedBy();
        String skipped = answer.skipped() == 0 ? "" : "  (" + answer.skipped() + " left out)";
        return String.format(Locale.ROOT, "%.1f s  ", answer.end()) + said + by + skipped;
    }

    private static int best(List<Double> probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.size(); c++) {
            best = probabilities.get(c) > probabilities.get(best) ? c : best;
        }
        return best;
    }

    /// A row for each class, with a bar for each perspective.
    private List<String> bars(LiveAnswer answer) {
        List<String> labels = json.labels();
        int width = labels.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(head(answer));
        StringBuilder header = new StringBuilder(" ".repeat(width));
        for (View view : Perspectives.VIEWS) {
            header.append("  ").append(padded(view.word(), BAR + 5));
        }
        lines.add(header.toString().stripTrailing());
        for (int c = 0; c < labels.size(); c++) {
            StringBuilder line = new StringBuilder(padded(labels.get(c), width));
            for (View view : Perspectives.VIEWS) {
                List<Double> its = answer.smoothed().get(view);
                line.append("  ").append(its == null ? " ".repeat(BAR + 5) : bar(its.get(c)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String padded(String word, int width) {
        return word + " ".repeat(Math.max(0, width - word.length()));
    }

    private static String bar(double probability) {
        int full = (int) Math.round(probability * BAR);
        return FULL.repeat(full) + EMPTY.repeat(BAR - full) + String.format(Locale.ROOT, " %.2f", probability);
    }
}
