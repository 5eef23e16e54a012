package dev.parallax.eval;

/// The largest gap in a score between groups, and whether it is more than luck.
///
/// @param score        `UA` or `WA`
/// @param size         the highest score of a group less the lowest, in [0, 1]
/// @param highest      the group with the highest score
/// @param lowest       the group with the lowest score
/// @param p            share of the arrangements with a gap at least as large ([GroupPermutation]); NaN where
///                     there are too few to tell
/// @param adjustedP    p after Holm's correction over all gaps that were tested together; NaN like p
/// @param arrangements how many were counted, the actual one included
/// @param exact        whether these are all that there are
/// @param smallestP    no gap could have a smaller p, with these clusters
public record GroupGap(
        String score,
        double size,
        String highest,
        String lowest,
        double p,
        double adjustedP,
        long arrangements,
        boolean exact,
        double smallestP) {

    /// Whether the clusters are enough for a p.
    public boolean isTested() {
        return !Double.isNaN(p);
    }

    GroupGap withAdjustedP(double adjusted) {
        return new GroupGap(score, size, highest, lowest, p, adjusted, arrangements, exact, smallestP);
    }
}
