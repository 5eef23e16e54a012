package dev.parallax.backend;

/// The sizes of a recurrent kernel's call.
///
/// @param offsets the ragged batch
/// @param hidden  H, size of the state
/// @param reverse whether time runs from the last row of each sequence to the first
public record Recurrence(Offsets offsets, int hidden, boolean reverse) {

    /// The row that step `step` of sequence `i` works on.
    public int row(int i, int step) {
        return reverse ? offsets.start(i) + offsets.length(i) - 1 - step : offsets.start(i) + step;
    }

    /// What is added to a row to get the row of the step before.
    public int toPrevious() {
        return reverse ? 1 : -1;
    }
}
