package dev.parallax.cli.train;

import dev.parallax.eval.Interval;
import dev.parallax.io.Count;
import dev.parallax.train.TransferGain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The gain of a model over the one that its training started from, in words.
final class TransferGainText {

    private TransferGainText() {}

    /// The units that an interval is about.
    private static String over(Interval interval) {
        if (!interval.withinTheseSpeakers()) {
            return "over " + Count.of(interval.clusters(), "speaker");
        }
        return interval.clusters() == 1
                ? "within this one speaker"
                : "within these " + Count.of(interval.clusters(), "speaker");
    }

    static List<String> of(TransferGain gain) {
        Interval difference = gain.difference();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "UA of the %d utterances tested: %.3f by the model it started from, %.3f now: %+.3f, %.0f %% interval"
                        + " %+.3f to %+.3f %s",
                gain.utterances(),
                gain.before(),
                gain.after(),
                difference.estimate(),
                100 * difference.level(),
                difference.low(),
                difference.high(),
                over(difference)));
        if (difference.low() <= 0 && difference.high() >= 0) {
            lines.add("no difference shown: the interval holds 0");
        }
        if (!gain.unknown().isEmpty()) {
            lines.add("the model it started from did not know " + String.join(", ", gain.unknown())
                    + ": there it could not be right");
        }
        if (gain.seen() > 0) {
            lines.add("NOT A TEST of the model it started from: that was trained on or chosen by " + gain.seen()
                    + " of them");
        }
        return lines;
    }
}
