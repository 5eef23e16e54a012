package dev.parallax.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is written on a terminal.
class StandardStreamTest {

    /// Lines that are wider than the terminal are cut, so that each takes one line and the next drawing covers them
    /// all.
    @Test
    void draw_overFormerLines_clearsThemAndContinuesNone() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardStream stream = new StandardStream(bytes);
        stream.draw(List.of("a", "b"), 0);
        stream.draw(List.of("c\u001b", "d"), 2);
        assertEquals(
                "^?7la\nb\n^?7h" + "^?7l^2F^Jc\\u001b\nd\n^?7h",
                bytes.toString(StandardCharsets.UTF_8).replace("\u001b[", "^").replace(System.lineSeparator(), "\n"));
    }
}
