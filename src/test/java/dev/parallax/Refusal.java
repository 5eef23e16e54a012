package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// The message with which bad input is refused, for tests that compare it.
public final class Refusal {

    private Refusal() {}

    /// Runs an action that must throw a [BadInputException]; its message must be one line.
    public static String of(Runnable action) {
        String message = String.valueOf(
                assertThrows(BadInputException.class, action::run).getMessage());
        assertFalse(message.contains("\n"), message);
        return message;
    }
}
