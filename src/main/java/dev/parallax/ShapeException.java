package dev.parallax;

/// Sizes that do not fit together: `matmul: inner sizes differ: a [32, 40] · b [39, 128] (40 != 39)`.
public final class ShapeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ShapeException(String message) {
        super(message);
    }
}
