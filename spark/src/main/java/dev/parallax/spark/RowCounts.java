package dev.parallax.spark;

import java.util.Locale;

/// How many rows went into a job, and how many came out of it in one way or the other.
///
/// @param rows    of the table, counted by themselves
/// @param made    of which there is what was asked for
/// @param refused of which there is a reason instead
record RowCounts(long rows, long made, long refused) {

    boolean agree() {
        return rows == made + refused;
    }

    /// `50 in = 48 out + 2 refused: none lost, none twice`.
    ///
    /// @param madeSo    what the rows of the one kind are called
    /// @param refusedSo those of the other
    String line(String madeSo, String refusedSo) {
        return String.format(
                Locale.ROOT,
                "%d in = %d %s + %d %s: %s",
                rows,
                made,
                madeSo,
                refused,
                refusedSo,
                agree() ? "none lost, none twice" : "THEY DIFFER: did the table change while it was read?");
    }
}
