package dev.parallax;

/// A compute backend that was asked for and cannot run: the message says why and what would make it run.
public final class BackendException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
