package dev.parallax.eval;

/// An estimate and the interval that [Bootstrap] found for it.
///
/// @param estimate            the statistic of the utterances as they are
/// @param low                 lower end
/// @param high                upper end
/// @param level               nominal coverage, in (0, 1)
/// @param clusters            how many speakers or dialogues there were
/// @param withinTheseSpeakers true if only utterances were resampled, since the clusters were too few: the interval
///     is then that of the estimate for these speakers, and not for others
public record Interval(
        double estimate, double low, double high, double level, int clusters, boolean withinTheseSpeakers) {}
