package dev.parallax.report.talk;

import java.util.Locale;

/// Times for people.
final class Clock {

    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private Clock() {}

    /// `1:02:03` or `2:03`.
    static String of(double seconds) {
        long whole = Math.round(Math.floor(seconds));
        String sign = whole < 0 ? "-" : "";
        long size = Math.abs(whole);
        return sign
                + (size >= HOUR
                        ? String.format(Locale.ROOT, "%d:%02d:%02d", size / HOUR, size % HOUR / MINUTE, size % MINUTE)
                        : String.format(Locale.ROOT, "%d:%02d", size / MINUTE, size % MINUTE));
    }
}
