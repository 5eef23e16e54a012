package dev.parallax.report;

import dev.parallax.eval.Interval;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.plot.IntervalPlot;
import java.util.List;
import java.util.Map;

/// How well one speaker was recognised.
///
/// @param utterances of the speaker, at least 1
/// @param right      how many of them were answered right; of several models their mean
public record SpeakerAccuracy(String speaker, int utterances, double right) {

    /// A bar for each speaker, from no answer right to all.
    ///
    /// @param name     of the figure
    /// @param title    above the bars
    /// @param of       what was answered, as in "of the decision"
    /// @param speakers in the order of the bars, at least one
    public static Html figure(Page page, String name, String title, String of, List<SpeakerAccuracy> speakers) {
        List<IntervalPlot.Bar> bars =
                speakers.stream().map(SpeakerAccuracy::bar).toList();
        return page.figure(Figure.of(
                name,
                "Plain accuracy " + of + ", speaker by speaker, with the number of utterances and 95 % intervals"
                        + " (Wilson), which take a speaker's utterances as independent.",
                List.of("speaker", "utterances", "accuracy", "low", "high"),
                speakers.stream().map(SpeakerAccuracy::row).toList(),
                () -> IntervalPlot.of(title, "plain accuracy", bars, Map.of())));
    }

    private Interval interval() {
        return Interval.ofShare(right, utterances);
    }

    private IntervalPlot.Bar bar() {
        Interval interval = interval();
        return new IntervalPlot.Bar(
                speaker + " (" + utterances + ")", interval.estimate(), interval.low(), interval.high());
    }

    private List<String> row() {
        Interval interval = interval();
        return List.of(
                speaker,
                Integer.toString(utterances),
                Double.toString(interval.estimate()),
                Double.toString(interval.low()),
                Double.toString(interval.high()));
    }
}
