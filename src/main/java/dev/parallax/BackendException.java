package dev.parallax;

/// The requested compute backend cannot run; the message says why and what would make it run.
public final class BackendException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
