package dev.parallax.backend;

import dev.parallax.ShapeException;
import java.util.Arrays;

/// Where each sequence of a ragged batch begins: sequence i owns the rows start(i) .. start(i) + length(i) - 1, one
/// sequence directly after the other. There is no padding, so none can leak.
public final class Offsets {

    private final int[] starts;
    private final int longest;

    private Offsets(int[] starts) {
        this.starts = starts;
        int most = 0;
        for (int i = 0; i + 1 < starts.length; i++) {
            most = Math.max(most, starts[i + 1] - starts[i]);
        }
        this.longest = most;
    }

    /// Offsets of sequences with these lengths.
    ///
    /// @param lengths rows of each sequence, each at least 1
    public static Offsets ofLengths(int... lengths) {
        int[] starts = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 1) {
                throw new ShapeException("sequences: sequence " + i + " has length " + lengths[i] + ", must be >= 1");
            }
            starts[i + 1] = Math.addExact(starts[i], lengths[i]);
        }
        return new Offsets(starts);
    }

    /// `count` sequences of one row each: how a plain matrix looks to a kernel that takes sequences.
    public static Offsets ofSingleRows(int count) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, 1);
        return ofLengths(lengths);
    }

    /// Number of sequences.
    public int count() {
        return starts.length - 1;
    }

    /// First row of sequence `i`; `start(count())` is the total.
    public int start(int i) {
        return starts[i];
    }

    /// All of [#start], 0 .. count(): a copy.
    public int[] starts() {
        return starts.clone();
    }

    /// Rows of sequence `i`.
    public int length(int i) {
        return starts[i + 1] - starts[i];
    }

    /// Rows of all sequences together.
    public int total() {
        return starts[starts.length - 1];
    }

    /// Rows of the longest sequence.
    public int longest() {
        return longest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Offsets that && Arrays.equals(starts, that.starts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(starts);
    }

    @Override
    public String toString() {
        return count() + " sequences, " + total() + " rows";
    }
}
