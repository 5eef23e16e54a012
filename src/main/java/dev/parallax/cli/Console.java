package dev.parallax.cli;

import dev.parallax.io.Json;
import java.io.PrintStream;

/// Where a command speaks: results on stdout, everything else on stderr. Under `--json` stdout holds one JSON document
/// and nothing else; under `--quiet` stderr holds warnings and errors only.
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean quiet;

    Console(PrintStream out, PrintStream err, boolean json, boolean quiet) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.quiet = quiet;
    }

    /// Whether the result is to be a JSON document.
    boolean isJson() {
        return json;
    }

    /// A line of the result, for people; nothing under `--json`.
    void print(String line) {
        if (!json) {
            out.println(line);
        }
    }

    /// Lines of the result, for people.
    void print(Iterable<String> lines) {
        lines.forEach(this::print);
    }

    /// The result, for scripts; nothing without `--json`.
    void result(Json document) {
        if (json) {
            out.print(document.toIndentedText());
        }
    }

    /// One document of JSON Lines, whatever was asked for.
    void jsonLine(Json document) {
        out.println(document.toText());
    }

    /// Whether nobody reads the result any more (a closed pipe): the rest need not be computed.
    boolean isDeaf() {
        return out.checkError();
    }

    /// What goes on, for who watches.
    synchronized void log(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    /// What the reader of the result should know.
    synchronized void warn(String line) {
        err.println("warning: " + line);
    }

    /// Progress of long work: a bar on a terminal, a line now and then elsewhere, nothing under `--quiet`.
    ///
    /// @param task what is done, one or two words
    /// @param size how many steps it has
    Progress progress(String task, long size) {
        if (quiet) {
            return Progress.silent();
        }
        return isTerminal() ? Progress.bar(task, size, err) : Progress.lines(task, size, this::log);
    }

    @SuppressWarnings("SystemConsoleNull") // the check knows JDK 22 to 24; since 25 it is null again without a terminal
    private static boolean isTerminal() {
        java.io.Console terminal = System.console();
        return terminal != null && terminal.isTerminal();
    }
}
