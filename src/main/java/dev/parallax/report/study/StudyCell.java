package dev.parallax.report.study;

import dev.parallax.fusion.Loss;
import org.jspecify.annotations.Nullable;

/// One training run of a study, with all that is needed to repeat it.
///
/// @param id         what identifies it
/// @param strategy   its fusion, or `audio` or `text`
/// @param loss       that it was trained with
/// @param fold       from 1
/// @param seed       of everything in it
/// @param variant    the settings that the validation part preferred; empty where there was no choice
/// @param parameters numbers that its model has
/// @param epochs     that were run
/// @param bestEpoch  the one that a part chose; null where nothing chose and the last was kept
/// @param test       unweighted accuracy on the test part
/// @param validation the same on the part that chose the epoch; NaN where there is none
/// @param command    that trains it again
/// @param record     the RunRecord as JSON
public record StudyCell(
        String id,
        String strategy,
        Loss loss,
        int fold,
        long seed,
        String variant,
        int parameters,
        int epochs,
        @Nullable Integer bestEpoch,
        double test,
        double validation,
        String command,
        String record) {}
