package dev.parallax.io;

/// A count with what is counted, for people: `1 clip`, `2 clips`, `0 clips`.
public final class Count {

    private Count() {}

    /// The count and its noun.
    ///
    /// @param one the noun of one; that of several has an `s` more
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /// The count and what follows it, where more than an `s` is different.
    ///
    /// @param one  for instance `copy`, or `clip has`   @param many `copies`, or `clips have`
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
