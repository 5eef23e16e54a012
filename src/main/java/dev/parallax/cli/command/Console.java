package dev.parallax.cli.command;

import dev.parallax.io.Json;
import dev.parallax.io.Printable;
import dev.parallax.setup.Remarks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// The output of a command: results on stdout, everything else on stderr. With `--json`, stdout is one JSON document
/// and nothing else; with `--quiet`, stderr has warnings and errors only. Parts of a request that a line names are
/// written as options ([OptionNames]).
public final class Console implements Remarks {

    private final StandardStream out;
    private final StandardStream err;
    private final boolean json;
    private final boolean quiet;
    private final boolean debug;
    private int drawn; // lines

    /// @param debug whether an error comes with its stack trace
    public Console(StandardStream out, StandardStream err, boolean json, boolean quiet, boolean debug) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.quiet = quiet;
        this.debug = debug;
    }

    /// Whether the result is to be a JSON document.
    public boolean isJson() {
        return json;
    }

    /// A line of the result, for people; nothing with `--json`.
    public void print(String line) {
        if (!json) {
            out.line(OptionNames.in(line));
        }
    }

    /// Lines of the result, for people.
    public void print(Iterable<String> lines) {
        lines.forEach(this::print);
    }

    /// Whether results can be drawn in one place, again and again: on a terminal, for people.
    public boolean isDrawn() {
        return !json && isTerminal();
    }

    /// Draws lines in the place of those that were drawn before.
    ///
    /// @param typed lines that the terminal shows below those, since they were typed
    public void redraw(List<String> lines, int typed) {
        out.draw(OptionNames.in(lines), drawn == 0 ? 0 : drawn + typed);
        drawn = lines.size();
    }

    /// The result, for scripts; nothing without `--json`.
    public void result(Json document) {
        if (json) {
            out.block(document.toIndentedText());
        }
    }

    /// One document of JSON Lines, with or without `--json`.
    public void jsonLine(Json document) {
        out.block(document.toText() + "\n");
    }

    /// A table for other programs, its lines as [dev.parallax.io.Csv#line] makes them; nothing with `--json`.
    public void csv(String lines) {
        if (!json) {
            out.block(lines);
        }
    }

    /// Whether the result can no longer be written (a closed pipe, a full disk): the rest need not be computed.
    public boolean isDeaf() {
        return out.hasFailed();
    }

    /// A report on the work, on stderr.
    @Override
    public void log(String line) {
        if (!quiet) {
            err.line(OptionNames.in(line));
        }
    }

    /// A warning for the reader of the result.
    @Override
    public void warn(String line) {
        err.line("warning: " + Printable.shortened(OptionNames.in(line)));
    }

    /// An error, with the stack trace if `--debug` is given.
    public void error(String line, Throwable cause) {
        err.line("parallax: " + Printable.shortened(OptionNames.in(line)));
        trace(cause);
    }

    /// The message for an error in Parallax, with the way to see more.
    public String internal(Throwable thrown) {
        String hint = debug ? "" : " (an error in Parallax; --debug shows the stack trace)";
        return "internal error: " + thrown.toString().strip() + hint;
    }

    /// The stack trace of an error that is reported elsewhere; nothing without `--debug`.
    public void trace(Throwable cause) {
        if (debug) {
            StringWriter trace = new StringWriter();
            cause.printStackTrace(new PrintWriter(trace));
            err.block(trace.toString());
        }
    }

    /// Progress of long work: a bar on a terminal, a line every ten seconds elsewhere, nothing with `--quiet`.
    ///
    /// @param task what is done, one or two words
    /// @param size how many steps it has
    @Override
    public Progress progress(String task, long size) {
        if (quiet) {
            return ProgressDisplay.silent();
        }
        return isTerminal()
                ? ProgressDisplay.bar(task, size, err.drawing())
                : ProgressDisplay.lines(task, size, this::log);
    }

    @SuppressWarnings("SystemConsoleNull") // the check knows JDK 22 to 24; since 25 it is null again without a terminal
    private static boolean isTerminal() {
        java.io.Console terminal = System.console();
        return terminal != null && terminal.isTerminal();
    }
}
