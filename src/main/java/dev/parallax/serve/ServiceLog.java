package dev.parallax.serve;

import java.util.Locale;
import java.util.function.Consumer;

/// What a service tells those who run it: a line a request, what went wrong with its files, and its own errors. It
/// tells nothing that a request brings. Lines name parts of a request between guillemets.
///
/// @param lines    receives one line for each request, and what became of files that were read again
/// @param warnings receives what must be mended, such as a file that cannot be read
/// @param errors   receives what was thrown that should not be
public record ServiceLog(Consumer<String> lines, Consumer<String> warnings, Consumer<Throwable> errors) {

    void answered(String method, String route, int status, double seconds) {
        lines.accept(String.format(Locale.ROOT, "%s %s %d, %.1f ms", method, route, status, seconds * 1e3));
    }

    /// A line about the service itself.
    void said(String line) {
        lines.accept(line);
    }

    /// A line about the service itself that asks for somebody to act.
    void warned(String line) {
        warnings.accept(line);
    }

    void internal(Throwable thrown) {
        errors.accept(thrown);
    }
}
