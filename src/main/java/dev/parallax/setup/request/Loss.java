package dev.parallax.setup.request;

import java.util.Locale;

/// What training makes smaller.
public enum Loss {
    /// The cross-entropy of the fused answer alone: the single loss.
    FUSED,
    /// The perspective loss: one term for each perspective too.
    PERSPECTIVE;

    /// `fused` or `perspective`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
