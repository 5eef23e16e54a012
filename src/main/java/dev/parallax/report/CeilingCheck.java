package dev.parallax.report;

/// A strategy against the known ceilings of a made corpus.
///
/// @param strategy its name
/// @param loss     its loss
/// @param accuracy weighted accuracy, mean over the seeds
/// @param alone    whether it passes both ceilings of one perspective by 2.33 standard errors
/// @param additive whether it passes the ceiling of adding what each perspective says by 2.33 standard errors
/// @param leaks    whether it passes what any model can reach by more than 3 standard errors
public record CeilingCheck(
        String strategy, String loss, double accuracy, boolean alone, boolean additive, boolean leaks) {}
