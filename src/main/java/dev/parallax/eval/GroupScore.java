package dev.parallax.eval;

/// How well the utterances of one group are recognised, such as those of all women.
///
/// @param name                what its utterances have in common
/// @param utterances          how many there are, at least 1
/// @param speakers            how many clusters they are from
/// @param unweightedAccuracy  mean recall of the classes that occur in the group, with its interval
/// @param weightedAccuracy    share right, with its interval
public record GroupScore(
        String name, int utterances, int speakers, Interval unweightedAccuracy, Interval weightedAccuracy) {}
