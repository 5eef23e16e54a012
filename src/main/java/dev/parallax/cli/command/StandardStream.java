package dev.parallax.cli.command;

import dev.parallax.io.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// stdout or stderr, as lines in UTF-8: all output of a command passes through here. Characters that could garble a
/// terminal are escaped ([Printable]). An error in writing is stored, not thrown, so that long work is not lost for
/// a line of output; it is checked at the end of the command.
public final class StandardStream {

    private static final String ESCAPE = "\u001b["; // ECMA-48: F moves up to the beginning of a line, J clears the rest
    private static final String CUT =
            ESCAPE + "?7l"; // xterm: what is longer than a line is cut, not continued in the next
    private static final String CONTINUED = ESCAPE + "?7h";

    private final OutputStream out;
    private @Nullable IOException failure;

    public StandardStream(OutputStream out) {
        this.out = out;
    }

    /// Writes one line; line breaks within it are escaped.
    public void line(String text) {
        write(Printable.escaped(text) + System.lineSeparator());
    }

    /// Writes text whose line breaks and tabs stay: a stack trace, or JSON, whose escaped characters are inside
    /// strings and mean the same.
    public void block(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\t') {
                kept.append(Printable.escaped(text.substring(from, i))).append(c);
                from = i + 1;
            }
        }
        write(kept.append(Printable.escaped(text.substring(from))).toString());
    }

    /// Draws lines on a terminal, which cuts what is wider: each stays one line, and all are found again.
    ///
    /// @param former how many lines above the cursor they replace
    void draw(List<String> lines, int former) {
        StringBuilder all = new StringBuilder(former == 0 ? "" : ESCAPE + former + "F" + ESCAPE + "J");
        lines.forEach(line -> all.append(Printable.escaped(line)).append(System.lineSeparator()));
        write(CUT + all + CONTINUED);
    }

    private synchronized void write(String text) {
        if (failure != null) {
            return;
        }
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (out instanceof PrintStream printer && printer.checkError()) {
                throw new IOException("the stream reports an error");
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /// Whether writing has failed.
    synchronized boolean hasFailed() {
        return failure != null;
    }

    /// Why writing failed, or null where it did not. A reader that ends early (`| head -1`) is no error.
    public synchronized @Nullable String failure() {
        if (failure == null) {
            return null;
        }
        String reason = String.valueOf(failure.getMessage());
        return reason.toLowerCase(Locale.ROOT).contains("pipe") ? null : reason;
    }

    /// For a library that draws; its output is not escaped, so it must contain no text from outside.
    PrintStream drawing() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
