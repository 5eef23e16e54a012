package dev.parallax.cli.command;

import dev.parallax.io.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// stdout or stderr, as lines in UTF-8: the one place through which everything goes that a command prints.
/// Characters that could garble a terminal are escaped here ([Printable]). An error in writing is kept, not thrown, so
/// that long work is not lost for a line that nobody can read; whoever ends the command asks for it.
public final class StandardStream {

    private final OutputStream out;
    private @Nullable IOException failure;

    public StandardStream(OutputStream out) {
        this.out = out;
    }

    /// Writes one line, whatever the text holds.
    public void line(String text) {
        write(Printable.escaped(text) + System.lineSeparator());
    }

    /// Writes text that has line breaks and tabs of its own, which stay: JSON, where what is escaped stands inside
    /// strings and means the same, or a stack trace.
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

    /// Whether nothing that is written arrives any more.
    synchronized boolean hasFailed() {
        return failure != null;
    }

    /// Why nothing arrives, or null where everything did. A reader that has seen enough (`| head -1`) is no error.
    public synchronized @Nullable String failure() {
        if (failure == null) {
            return null;
        }
        String reason = String.valueOf(failure.getMessage());
        return reason.toLowerCase(Locale.ROOT).contains("pipe") ? null : reason;
    }

    /// For a library that draws: what it is given is not escaped, so it must hold no text from outside.
    PrintStream drawing() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
