package dev.parallax.report;

/// A measured number with the bounds between which it must lie if the result is valid.
///
/// @param what     what is measured and why the bounds are these, one line
/// @param measured the number
/// @param least    it must be at least this; `Double.NEGATIVE_INFINITY` for no bound
/// @param most     it must be at most this; `Double.POSITIVE_INFINITY` for no bound
public record Check(String what, double measured, double least, double most) {

    /// Whether the number lies within its bounds.
    public boolean passed() {
        return measured >= least && measured <= most;
    }
}
