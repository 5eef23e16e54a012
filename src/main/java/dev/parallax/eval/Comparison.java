package dev.parallax.eval;

/// What [ApproximateRandomization] found for two systems on the same utterances.
///
/// @param first        the score of the first system
/// @param second       the score of the second system
/// @param difference   first - second
/// @param p            two-sided p-value, in (0, 1]: how often chance alone would give a difference at least this
///                     large
/// @param smallestP    the smallest p that this test can give with so many differing clusters; above 0.05 no
///                     difference can be shown
/// @param clusters     how many clusters there are
/// @param differing    in how many of them the systems differ in at least one prediction
/// @param arrangements how many ways of swapping were scored, the actual one included
/// @param exact        true if these are all there are
public record Comparison(
        double first,
        double second,
        double difference,
        double p,
        double smallestP,
        int clusters,
        int differing,
        int arrangements,
        boolean exact) {}
