package dev.parallax.serve;

import java.util.Locale;
import java.util.function.Consumer;

/// What a service tells those who run it: a line a request, and its own errors. It tells nothing that a request brings.
///
/// @param lines  receives one line for each request
/// @param errors receives what was thrown that should not be
public record ServiceLog(Consumer<String> lines, Consumer<Throwable> errors) {

    void answered(String method, String route, int status, double seconds) {
        lines.accept(String.format(Locale.ROOT, "%s %s %d, %.1f ms", method, route, status, seconds * 1e3));
    }

    /// A line about the service itself.
    void said(String line) {
        lines.accept(line);
    }

    void internal(Throwable thrown) {
        errors.accept(thrown);
    }
}
