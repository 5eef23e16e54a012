package dev.parallax;

/// Input from outside (a file, an option, a manifest line) that cannot be used. The message is one line for the person
/// who gave it: what is wrong, where, and how to mend it.
public final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BadInputException(String message) {
        super(message);
    }

    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
