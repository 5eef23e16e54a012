package dev.parallax.audit;

import org.jspecify.annotations.Nullable;

/// What a replay has found of one step.
///
/// @param step       its name
/// @param what       it does
/// @param difference the largest between its numbers and the formula in plain loops, over the largest number of these;
///                   NaN where there is no such formula
/// @param now        the largest difference, likewise, from its numbers as this program computes them now
/// @param fault      what is wrong with it, or null
public record Finding(
        String step,
        String what,
        double difference,
        double now,
        @Nullable String fault) {}
