package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When something is said, as the transcript has it: it may start before the recording, end after it, or end before
/// it starts: [#isReversed]. Such spans are in transcripts that are read, and nothing is heard of them.
///
/// @param start from the start of the recording `[s]`, a finite number
/// @param end   from the start of the recording `[s]`, a finite number
public record Span(double start, double end) {

    /// What stands between the two times of a cue.
    static final String ARROW = "-->";

    private static final Pattern TIME = Pattern.compile("(-?)(?:(\\d{1,5}):)?(\\d{1,3}):(\\d{1,2})(?:[.,](\\d{1,9}))?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(?:[.,]\\d{0,20})?");

    public Span {
        if (!Double.isFinite(start) || !Double.isFinite(end)) {
            throw new BadInputException(
                    "span: from " + start + " to " + end + " s, must be finite; a turn without times has no span");
        }
    }

    /// Whether it ends before it starts, or as soon as it does.
    public boolean isReversed() {
        return end <= start;
    }

    /// Reads `00:00:01,000 --> 00:00:04,000`; a blank and anything else may follow.
    ///
    /// @return null where it is no such line
    static @Nullable Span ofCue(String line) {
        int arrow = line.indexOf(ARROW);
        if (arrow < 0) {
            return null;
        }
        OptionalDouble start = clock(line.substring(0, arrow).strip());
        OptionalDouble end =
                clock(line.substring(arrow + ARROW.length()).strip().split("\\s", 2)[0]);
        return start.isPresent() && end.isPresent() ? new Span(start.getAsDouble(), end.getAsDouble()) : null;
    }

    /// Reads `01:02:03.456`, `02:03,456` or `02:03`, in seconds: the double nearest to the decimal number.
    static OptionalDouble clock(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return OptionalDouble.empty();
        }
        long hours = time.group(2) == null ? 0 : Long.parseLong(time.group(2));
        long seconds = 3600 * hours + 60 * Long.parseLong(time.group(3)) + Long.parseLong(time.group(4));
        String fraction = time.group(5) == null ? "0" : time.group(5);
        return OptionalDouble.of(Double.parseDouble(time.group(1) + seconds + "." + fraction));
    }

    /// Reads `3.25` or `3,25`, in seconds; null where it is no number.
    static @Nullable BigDecimal seconds(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text.replace(',', '.')) : null;
    }
}
